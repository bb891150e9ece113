import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Failure, type Report, readReport } from './outcome/report.ts'
import { afterSecondLook, worthSecondLook } from './outcome/second-look.ts'
import { runCommand } from './run-command.ts'
import { ensureBrowser } from './system/browser.ts'
import { installDebian, isInstalled, mayInstall, SYSTEM_PARTS } from './system/debian.ts'

/**
 * `npm test`: fetches what the tests need and this machine lacks, builds the window, runs every test once and ends
 * with what failed and `N passed, N failed`. What cannot be had is named, and its tests are skipped; with
 * LOUPE_NO_SKIP (the gate) a skipped test is a failure. Up to three files that fail beside all the others are run
 * once more by themselves: docs/decisions/0013.
 */
const only = process.argv.slice(2)
/** End-to-end tests mostly wait for what they have started: the others take the cores meanwhile. */
const RUNS = [
  { name: 'e2e', projects: ['e2e'], needsWindow: true },
  { name: 'rest', projects: ['server', 'unit'], needsWindow: false },
] as const
type Run = (typeof RUNS)[number]

const browser = ensureBrowser()
if (browser === undefined) process.stderr.write('test: SKIPPED, no browser can be had: every end-to-end test\n')
for (const part of Object.values(SYSTEM_PARTS)) {
  if (isInstalled(part.command)) continue
  if (mayInstall() && installDebian(part.packages)) continue
  process.stderr.write(`test: SKIPPED, no ${part.name}: its tests (Debian: ${part.packages.join(' ')})\n`)
}

const folder = mkdtempSync(path.join(tmpdir(), 'loupe-test-'))
const built = runCommand('electron-vite', ['build', '--logLevel', 'warn'])
const outcomes = await Promise.all(RUNS.map(runAll))
// By themselves, when nothing else runs: a whole run only, since whoever names files is looking at them anyway.
const settled = only.length === 0 ? await lookAgain(outcomes) : outcomes
process.exitCode = summarise(settled)
rmSync(folder, { recursive: true, force: true })

type Outcome = { readonly run: Run; readonly code: number; readonly report?: Report }

async function runAll(run: Run): Promise<Outcome> {
  const code = run.needsWindow ? await built : 0
  return code === 0 ? runTests(run, run.name, only) : { run, code }
}

async function runTests(run: Run, name: string, files: readonly string[]): Promise<Outcome> {
  const json = path.join(folder, `${name}.json`)
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${json}`]
  const chosen = run.projects.flatMap((project) => ['--project', project])
  const env = {
    ...process.env,
    ...(browser === undefined ? {} : { LOUPE_CHROMIUM: browser }),
    // Servers and workstations are started some hundred times: compiled once, they start in half the time.
    NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
  }
  const args = ['run', '--passWithNoTests', ...chosen, ...reports, ...files]
  const code = await runCommand('vitest', args, { env, beside: true })
  try {
    return { run, code, report: readReport(json) }
  } catch (error) {
    process.stderr.write(`test: no report of ${name} was written (${(error as Error).message})\n`)
    return { run, code }
  }
}

async function lookAgain(first: readonly Outcome[]): Promise<Outcome[]> {
  const settled: Outcome[] = []
  for (const outcome of first) {
    const files = outcome.report === undefined ? [] : worthSecondLook(outcome.report)
    if (outcome.report === undefined || files.length === 0) {
      settled.push(outcome)
      continue
    }
    process.stdout.write(`test: failed, and run once more by themselves: ${files.join(' ')}\n`)
    const again = await runTests(outcome.run, `${outcome.run.name}-again`, files)
    if (again.report === undefined) {
      settled.push(outcome)
      continue
    }
    const { report, unsteady } = afterSecondLook(outcome.report, again.report, files)
    for (const failure of unsteady) say('UNSTEADY, passed the second time only, to be mended', failure)
    settled.push({ run: outcome.run, code: again.code, report })
  }
  return settled
}

function say(what: string, { file, test = '(the whole file)', words }: Failure): void {
  process.stdout.write(`test: ${what}: ${file}: ${test}: ${words}\n`)
}

function summarise(outcomes: readonly Outcome[]): number {
  const reports = outcomes.flatMap(({ report }) => report ?? [])
  const passed = reports.flatMap((report) => report.passed).length
  const skipped = reports.flatMap((report) => report.skipped).length
  const failures = reports.flatMap((report) => report.failures)
  // The log's end is what is read first, and all that some keep of it.
  for (const failure of failures) say('FAILED', failure)
  const forbidden = process.env['LOUPE_NO_SKIP'] === '1' ? skipped : 0
  if (forbidden > 0) process.stderr.write(`test: ${skipped} skipped, and the gate skips none\n`)
  // A run that ended badly without a failed test, or without a word.
  const broken = outcomes.filter(({ code, report }) => code !== 0 && (report?.failures.length ?? 0) === 0).length
  const lost = Math.max(failures.length + forbidden + broken, passed === 0 ? 1 : 0)
  const tail = skipped > forbidden ? `, ${skipped} skipped` : ''
  process.stdout.write(`${passed} passed, ${lost} failed${tail}\n`)
  return lost === 0 ? 0 : 1
}
