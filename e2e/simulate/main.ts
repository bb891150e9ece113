import { readOptions } from './options.ts'
import { type FromWorker, runWorkers } from './run-workers.ts'

/**
 * `npm run simulate -- --seeds N [--seed S]`: progress on stderr, one JSON line on stdout, exit code 1 when a rule of
 * sync.md broke. A failing seed tells its shortest story.
 */
const args = process.argv.slice(2)
const options = readOptions(args)
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort())

const COUNTED = ['requests', 'decided', 'statements', 'waited', 'crashes'] as const
const startedMs = performance.now()
const state = {
  passed: 0,
  failing: [] as number[],
  counts: { requests: 0, decided: 0, statements: 0, waited: 0, crashes: 0 },
  toldMs: 0,
  hashes: [] as [number, string][],
}
const say = (line: string) => void process.stderr.write(`${line}\n`)
const seconds = () => Math.round((performance.now() - startedMs) / 100) / 10

const onSeed = ({ seed, hash, failure, counts, lines, story }: FromWorker) => {
  for (const line of lines) say(line)
  if (options.hashes) state.hashes.push([seed, hash])
  for (const name of COUNTED) state.counts[name] += counts[name]
  if (failure === null) state.passed += 1
  else {
    state.failing.push(seed)
    say(`\nseed ${seed} breaks a rule: ${failure}`)
    say(`its shortest story:\n${story.join('\n')}`)
    const planted = options.planted === undefined ? '' : ` --planted ${options.planted}`
    if (options.first) stopping.abort()
    say(`again: npm run simulate -- --seed ${seed}${planted} --trace\n`)
  }
  if (performance.now() - state.toldMs < 5000) return
  state.toldMs = performance.now()
  say(
    `${seconds()} s: ${state.passed + state.failing.length} of ${options.seeds} seeds, ${state.failing.length} failed`,
  )
}

const broken = await runWorkers(options, args, stopping.signal, onSeed).then(
  () => undefined,
  (cause: unknown) => cause,
)
if (broken !== undefined) say(broken instanceof Error ? broken.message : 'a process of the simulator could not be used')
const { passed, failing, counts, hashes } = state
const line = {
  event: 'simulate',
  seeds: passed + failing.length,
  passed,
  failed: failing.length,
  seconds: seconds(),
  firstFailing: failing.length === 0 ? null : Math.min(...failing),
  ...counts,
  ...(options.hashes ? { hashes: Object.fromEntries(hashes) } : {}),
}
process.stdout.write(`${JSON.stringify(line)}\n`)
const done = stopping.signal.aborted || passed + failing.length === options.seeds
process.exitCode = failing.length === 0 && broken === undefined && done ? 0 : 1
