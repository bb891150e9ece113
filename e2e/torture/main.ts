import { type Options, readOptions } from './options.ts'
import { LostError, type Outcome, runTorture } from './run-torture.ts'
import { beginStory, type Story } from './story.ts'

/** `npm run torture -- --kills N [--seed S]`: progress on stderr, one JSON line on stdout, exit code 1 when anything is lost. */
const options = readOptions(process.argv.slice(2))
const story = beginStory((line) => process.stderr.write(`${line}\n`))
const line = await torture(options, story)
process.stdout.write(`${JSON.stringify({ event: 'torture', ...line, seed: options.seed })}\n`)
const good = line.lost === 0 && line.doubled === 0 && line.wrong === 0 && line.failed === undefined
if (!good) process.stderr.write(`\nThe torture failed. What happened:\n${story.all()}\n`)
process.exit(good ? 0 : 1)

type Line = {
  kills: number
  acknowledged: number
  unanswered: number
  lost: number
  doubled: number
  /** Gaps, effects twice, reads that nobody asked for, refusals, two workstations that differ. */
  wrong: number
  failed?: string
  of?: Outcome['kills']
  signInsAgain?: number
}

async function torture({ kills }: Options, { tell }: Story): Promise<Line> {
  const nothing = { kills, acknowledged: 0, unanswered: 0, lost: 0, doubled: 0, wrong: 0 }
  try {
    const { lost, doubled, wrong, kills: of, ...rest } = await runTorture(options, story)
    for (const readId of lost) tell(`LOST ${readId}`)
    for (const readId of doubled) tell(`DOUBLED ${readId}`)
    for (const sentence of wrong) tell(`WRONG: ${sentence}`)
    return { ...nothing, ...rest, lost: lost.length, doubled: doubled.length, wrong: wrong.length, of }
  } catch (cause) {
    tell(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
    const failed = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : 'unknown'
    if (!(cause instanceof LostError)) return { ...nothing, failed }
    return { ...nothing, acknowledged: cause.acknowledged, lost: cause.readIds.length, failed }
  }
}
