import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runCommand } from './run-command.ts'
import { ensureBrowser } from './system/browser.ts'
import { installDebian, isInstalled, mayInstall, SYSTEM_PARTS } from './system/debian.ts'

/**
 * `npm test`: fetches what the tests need and this machine lacks, builds the window, runs every test once and ends
 * with `N passed, N failed`. What cannot be had is named, and its tests are skipped; with LOUPE_NO_SKIP (the gate) a
 * skipped test is a failure.
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
const codes = await Promise.all(RUNS.map(async (run) => (run.needsWindow && (await built)) || (await runTests(run))))
process.exitCode = summarise(codes)
rmSync(folder, { recursive: true, force: true })

function runTests({ name, projects }: Run): Promise<number> {
  const reports = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf(name)}`]
  const chosen = projects.flatMap((project) => ['--project', project])
  const env = {
    ...process.env,
    ...(browser === undefined ? {} : { LOUPE_CHROMIUM: browser }),
    // Servers and workstations are started some hundred times: compiled once, they start in half the time.
    NODE_COMPILE_CACHE: path.join(folder, 'compiled'),
  }
  return runCommand('vitest', ['run', '--passWithNoTests', ...chosen, ...reports, ...only], { env, beside: true })
}

function summarise(codes: readonly number[]): number {
  const counts = RUNS.map(({ name }) => readCounts(name))
  const sum = (what: keyof Counts) => counts.reduce((total, one) => total + (one?.[what] ?? 0), 0)
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')]
  const forbidden = process.env['LOUPE_NO_SKIP'] === '1' ? skipped : 0
  if (forbidden > 0) process.stderr.write(`test: ${skipped} skipped, and the gate skips none\n`)
  // A run that ended badly without a failed test, or without a word.
  const broken = codes.filter((code, index) => code !== 0 && (counts[index]?.failed ?? 0) === 0).length
  const lost = Math.max(failed + forbidden + broken, passed === 0 ? 1 : 0)
  const tail = skipped > forbidden ? `, ${skipped} skipped` : ''
  process.stdout.write(`${passed} passed, ${lost} failed${tail}\n`)
  return lost === 0 ? 0 : 1
}

type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number }

function readCounts(name: string): Counts | undefined {
  try {
    const json = JSON.parse(readFileSync(reportOf(name), 'utf8')) as Record<string, number>
    return {
      passed: json['numPassedTests'] ?? 0,
      failed: json['numFailedTests'] ?? 0,
      skipped: (json['numPendingTests'] ?? 0) + (json['numTodoTests'] ?? 0),
    }
  } catch (error) {
    process.stderr.write(`test: no report of ${name} was written (${(error as Error).message})\n`)
    return undefined
  }
}

function reportOf(name: string): string {
  return path.join(folder, `${name}.json`)
}
