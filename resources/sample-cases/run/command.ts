import { parseArgs } from 'node:util'
import { seedPractice } from './seed.ts'
import { sendManifest } from './send.ts'

const HELP = `Makes the sample practice (12 patients, 36 sessions of made-up photos) and sends it through the intake.

  node resources/sample-cases/main.ts --server URL --ca FILE --keys FILE --out DIR

  --server URL   address of the companion server
  --ca FILE      certificate authority that the server's certificate comes from
  --keys FILE    intake keys: {"<practice name>": "<secret>"}
  --out DIR      folder for photos, truth and progress; run again with the same folder to go on
  --keep         keep the photos after they were published
  --no-send      only make the photos (implies --keep); --server, --ca and --keys are not needed
  --limit N      only the newest N sessions
  --today DATE   the day that dates count back from (default: today)
  --threads N    threads that draw (default 2)
  --help         this text
`

/** The command's exit code: 0 done, 1 failed, 2 called wrongly. One JSON line per published batch goes to stdout. */
export async function runSampleCases(argv: readonly string[]): Promise<number> {
  const values = findArguments(argv)
  if (values === undefined) {
    process.stderr.write(`An option was not understood.\n\n${HELP}`)
    return 2
  }
  if (values.help === true) {
    process.stdout.write(HELP)
    return 0
  }
  const { server, ca, keys, out } = values
  const send =
    server !== undefined && ca !== undefined && keys !== undefined
      ? (manifest: string) => sendManifest(manifest, { server, ca, keys })
      : undefined
  const noSend = values['no-send'] === true
  if (out === undefined || (send === undefined && !noSend)) {
    process.stderr.write(HELP)
    return 2
  }
  // Ended by a signal the intake's child must not outlive us: `exit` handlers run only when we exit ourselves.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
  try {
    await seedPractice({
      out,
      today: values.today ?? localToday(new Date()),
      threads: Math.max(1, Number(values.threads ?? 2)),
      keep: values.keep === true || noSend,
      ...(values.limit === undefined ? {} : { limit: Number(values.limit) }),
      ...(noSend || send === undefined ? {} : { send }),
      onPublished: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
      say: (line) => process.stderr.write(`${line}\n`),
    })
    return 0
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'The sample practice could not be made'}\n`)
    return 1
  }
}

/** Undefined when an option is unknown, or a number or date is none. */
function findArguments(argv: readonly string[]) {
  try {
    const { values } = readArguments(argv)
    const numbers = [values.limit ?? '1', values.threads ?? '1']
    const day = values.today ?? '2000-01-01'
    return numbers.every((text) => /^[1-9]\d*$/.test(text)) && !Number.isNaN(Date.parse(day)) ? values : undefined
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

function readArguments(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    options: {
      server: { type: 'string' },
      ca: { type: 'string' },
      keys: { type: 'string' },
      out: { type: 'string' },
      today: { type: 'string' },
      limit: { type: 'string' },
      threads: { type: 'string' },
      keep: { type: 'boolean' },
      'no-send': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
}

/** The practice's own calendar day, not the one of Greenwich. */
function localToday(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
