import { readOptions } from './options.ts'
import { PLANTED } from './planted/registry.ts'
import type { FromWorker } from './run-workers.ts'
import { substituteModules } from './seams/module-hooks.ts'

/**
 * One process of the simulator: every `workers`-th seed, one after the other. What is replaced is replaced before any of
 * the product is loaded, hence the imports further down.
 */
process.env['TZ'] = 'UTC' // what happens at night must not depend on where it runs
const options = readOptions(process.argv.slice(3))
const offset = Number(process.argv[2])
const seam = (name: string) => new URL(`./seams/${name}.ts`, import.meta.url).href
substituteModules([
  { of: 'uuid', by: seam('seeded-uuid') },
  { of: 'node:timers/promises', by: seam('timers-promises') },
  ...(options.planted === undefined ? [] : PLANTED[options.planted].modules),
])
const { startMachine } = await import('./machine.ts')
const { runPlan } = await import('./run-plan.ts')
const { makePlan } = await import('./plan/make-plan.ts')
const { tellPlan } = await import('./plan/tell.ts')
const { shrink } = await import('./shrink.ts')

const state = { stopping: false }
process.on('message', () => void (state.stopping = true))
process.on('SIGINT', () => {}) // the parent says when
process.on('SIGTERM', () => process.exit(143)) // nothing stays behind
process.on('disconnect', () => void (state.stopping = true))
const tell = (message: FromWorker) => void process.send?.(message)

const machine = await startMachine()
try {
  for (let n = offset; n < options.seeds && !state.stopping; n += options.workers) {
    const seed = options.seed + n
    const { hash, failure, counts, lines } = await runPlan(machine, makePlan(seed), options.trace)
    tell({ seed, hash, failure, counts, lines: [...lines], story: failure === null ? [] : await tellShortest(seed) })
    if (failure !== null && options.first) break
  }
} finally {
  await machine.stop()
}
process.exit(0)

/** The shortest story that still fails, and how it fails. */
async function tellShortest(seed: number): Promise<string[]> {
  const plan = makePlan(seed)
  if (options.whole) return tellPlan(plan)
  const fails = async (shorter: typeof plan) => !state.stopping && (await runPlan(machine, shorter)).failure !== null
  const shortest = await shrink(plan, fails)
  const { failure } = await runPlan(machine, shortest)
  return [...tellPlan(shortest), `=> ${failure ?? 'does not fail when it is told again'}`]
}
