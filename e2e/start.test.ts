import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { launchBrowser } from './support/browser.ts'
import { ROOT } from './support/practice.ts'
import { type Program, runProgram } from './support/process.ts'
import { openPage, signIn } from './support/workstation.ts'

/** `npm start` as a newcomer runs it. */

type Ready = { event: 'ready'; server: string; workstation: string }
let browser: Browser
let data: string
let running: Program | undefined
beforeAll(async () => void (browser = await launchBrowser()))
afterAll(() => browser?.close())
beforeEach(() => void (data = mkdtempSync(path.join(tmpdir(), 'loupe-start-'))))
afterEach(async () => {
  await running?.kill()
  rmSync(data, { recursive: true, force: true })
})

function start(...flags: string[]): Program {
  const args = ['--data', data, '--port', '0', '--no-open', ...flags]
  running = runProgram(path.join(ROOT, 'electron/preview/start.ts'), args, { DBUS_SESSION_BUS_ADDRESS: 'disabled:' })
  return running
}

test('the sample practice is there to be reviewed, and SIGINT ends every part', async () => {
  const program = start()
  const ready = await program.event<Ready>('ready')
  expect(Object.keys(ready).toSorted()).toEqual(['event', 'server', 'workstation'])
  const workstation = await openPage(browser, ready.workstation)
  await signIn(workstation, 'Dr Alma Reyes')
  const row = workstation.page.getByRole('row').filter({ hasText: /Okafor|Åkesson|Fernández/ })
  await row.first().waitFor()
  await workstation.close()
  expect(await program.stop('SIGINT')).toBe(0)
  await expect.poll(() => processesOf(data)).toEqual([])
})

test('an empty practice starts, stops at SIGTERM, and starts again where it was', async () => {
  const first = start('--empty')
  const before = await first.event<Ready>('ready')
  expect(await first.stop('SIGTERM')).toBe(0)
  await expect.poll(() => processesOf(data)).toEqual([])
  const second = start('--empty')
  const after = await second.event<Ready>('ready')
  const workstation = await openPage(browser, after.workstation)
  await signIn(workstation, 'Dr Alma Reyes')
  await workstation.page.getByText('Nothing is waiting').waitFor()
  await workstation.close()
  expect(new URL(after.server).hostname).toBe(new URL(before.server).hostname)
  expect(await second.stop('SIGTERM')).toBe(0)
  await expect.poll(() => processesOf(data)).toEqual([])
})

/** Command lines that still name the data folder: server, PostgreSQL, data process, anything. Slim systems have no `ps`. */
function processesOf(folder: string): string[] {
  if (process.platform !== 'linux') {
    const all = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n')
    return all.filter((line) => line.includes(folder))
  }
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(commandLineOf).filter((line) => line.includes(folder))
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // it ended between the listing and this line
  }
}
