import { setTimeout as sleep } from 'node:timers/promises'
import { Presets, SingleBar } from 'cli-progress'
import { EXIT, type ExitCode } from './exit-codes.ts'
import { createHttpClient } from './http-client.ts'
import { type CommandOptions, HELP, readOptions, UsageError } from './options.ts'
import { runIntake } from './run-intake.ts'
import { exitCodeOf, resultJson, resultLines, sessionLines } from './summary.ts'

/** `npm run intake`: results go to stdout, progress to stderr. @returns the exit code */
export async function runCommand(args: readonly string[]): Promise<ExitCode> {
  try {
    const options = readOptions(args, process.env)
    if (options !== undefined) return await run(options)
    process.stdout.write(HELP)
    return EXIT.allGood
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause
    process.stderr.write(`${cause.message}\n`)
    return EXIT.nothingSent
  }
}

async function run(options: CommandOptions): Promise<ExitCode> {
  const client = createHttpClient(options)
  const show = createProgress(process.stderr)
  try {
    const result = await runIntake(options, {
      client,
      retry: { attempts: 6, firstMs: 250, sleep: (ms) => sleep(ms) },
      today: localToday(),
      pollMs: 200,
      polls: 400, // about a quarter of an hour for one session
      ...show,
    })
    show.stop()
    const lines = result.kind === 'sent' ? result.outcomes.flatMap(sessionLines) : []
    const text = options.json ? [resultJson(result)] : [...lines, ...resultLines(result)]
    process.stdout.write(`${text.join('\n')}\n`)
    return exitCodeOf(result)
  } finally {
    show.stop()
    client.close()
  }
}

/** A bar for a person at a terminal, a line a tenth for a log file. */
function createProgress(out: NodeJS.WriteStream) {
  const bar = new SingleBar({ stream: out, format: 'Photos {bar} {value}/{total}' }, Presets.rect)
  let total = 0
  let done = 0
  return {
    onPlanned(photoCount: number) {
      total = photoCount
      if (out.isTTY) bar.start(photoCount, 0)
    },
    onPhoto() {
      done++
      if (out.isTTY) bar.update(done)
      else if (done % Math.max(1, Math.ceil(total / 10)) === 0 || done === total)
        out.write(`${done} of ${total} photos\n`)
    },
    stop: () => bar.stop(),
  }
}

function localToday(): string {
  const now = new Date()
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
