import { readOptions } from './options.ts'
import { LostError, type Outcome, runTorture } from './run-torture.ts'
import { beginStory } from './story.ts'

type Line = {
  /** Done, not asked for: a torture that finds something ends there. */
  readonly kills: number
  readonly of?: Outcome['kills']
  readonly acknowledged: number
  readonly unanswered?: number
  readonly lost: number
  readonly doubled: number
  /** Gaps, effects twice, reads that nobody asked for, refusals, two workstations that differ. */
  readonly wrong: number
  readonly failed?: string
  readonly signInsAgain?: number
}

/** `npm run torture -- --kills N [--seed S]`: progress on stderr, one JSON line on stdout, exit code 1 when anything is lost. */
const options = readOptions(process.argv.slice(2))
const story = beginStory((line) => process.stderr.write(`${line}\n`))
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => stopping.abort(new Error(`stopped by ${signal}`)))

const line = await runTorture(options, story, stopping.signal).then(tellOutcome, tellFailure)
process.stdout.write(`${JSON.stringify({ event: 'torture', ...line, seed: options.seed })}\n`)
const good = line.lost === 0 && line.doubled === 0 && line.wrong === 0 && line.failed === undefined
if (!good) process.stderr.write(`\nThe torture failed. What happened:\n${story.all()}\n`)
process.exit(good ? 0 : 1)

function tellOutcome({ kills, lost, doubled, wrong, ...rest }: Outcome): Line {
  for (const readId of lost) story.tell(`LOST ${readId}`)
  for (const readId of doubled) story.tell(`DOUBLED ${readId}`)
  for (const sentence of wrong) story.tell(`WRONG: ${sentence}`)
  const counts = { lost: lost.length, doubled: doubled.length, wrong: wrong.length }
  return { kills: sumOf(kills), ...rest, ...counts, of: kills }
}

function tellFailure(cause: unknown): Line {
  story.tell(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
  const failed = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown'
  const counts = { kills: 0, acknowledged: 0, lost: 0, doubled: 0, wrong: 0, failed }
  if (!(cause instanceof LostError)) return counts
  return { ...counts, kills: sumOf(cause.kills), acknowledged: cause.acknowledged, lost: cause.readIds.length }
}

function sumOf(kills: Outcome['kills']): number {
  return kills.workstation + kills.server + kills.postgres
}
