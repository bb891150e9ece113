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

const browser = ensureBrowser()
if (browser === undefined) process.stderr.write('test: SKIPPED, no browser can be had: every end-to-end test\n')
for (const part of Object.values(SYSTEM_PARTS)) {
  if (isInstalled(part.command)) continue
  if (mayInstall() && installDebian(part.packages)) continue
  process.stderr.write(`test: SKIPPED, no ${part.name}: its tests (Debian: ${part.packages.join(' ')})\n`)
}

const report = mkdtempSync(path.join(tmpdir(), 'loupe-test-'))
const reportFile = path.join(report, 'report.json')
const built = await runCommand('electron-vite', ['build', '--logLevel', 'warn'])
const env = { ...process.env, ...(browser === undefined ? {} : { LOUPE_CHROMIUM: browser }) }
const code =
  built === 0
    ? await runCommand(
        'vitest',
        ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...only],
        env,
      )
    : built
process.exitCode = summarise(code)
rmSync(report, { recursive: true, force: true })

function summarise(code: number): number {
  const counts = readCounts()
  if (counts === undefined) {
    process.stdout.write('0 passed, 1 failed\n')
    return 1
  }
  const { passed, failed, skipped } = counts
  const forbidden = process.env['LOUPE_NO_SKIP'] === '1' ? skipped : 0
  if (forbidden > 0) process.stderr.write(`test: ${skipped} skipped, and the gate skips none\n`)
  const lost = failed + forbidden + (code !== 0 && failed === 0 ? 1 : 0)
  const tail = skipped > forbidden ? `, ${skipped} skipped` : ''
  process.stdout.write(`${passed} passed, ${lost} failed${tail}\n`)
  return lost === 0 && passed > 0 ? 0 : 1
}

function readCounts(): { passed: number; failed: number; skipped: number } | undefined {
  try {
    const json = JSON.parse(readFileSync(reportFile, 'utf8')) as Record<string, number>
    return {
      passed: json['numPassedTests'] ?? 0,
      failed: json['numFailedTests'] ?? 0,
      skipped: (json['numPendingTests'] ?? 0) + (json['numTodoTests'] ?? 0),
    }
  } catch (error) {
    process.stderr.write(`test: no report was written (${(error as Error).message})\n`)
    return undefined
  }
}
