import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

const START = path.join(import.meta.dirname, 'testing/start-with-fakes.ts')
const FAKE = path.join(import.meta.dirname, 'testing/fake-part.ts')
const state = { root: '', data: '' }
const running: ChildProcess[] = []

beforeEach(() => {
  state.root = mkdtempSync(path.join(tmpdir(), 'loupe-start-'))
  state.data = path.join(state.root, 'data')
  for (const file of ['out/renderer/index.html', 'out/preload/preview-bridge.cjs', 'out/main/main.js']) {
    mkdirSync(path.dirname(path.join(state.root, file)), { recursive: true })
    writeFileSync(path.join(state.root, file), '')
  }
  for (const role of ['server', 'preview', 'samples']) writeFake(role)
})
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGTERM')
  for (const pid of livingPids()) process.kill(pid, 'SIGKILL')
  rmSync(state.root, { recursive: true })
})

/** A stand-in that notes itself before it does what the real part does. */
function writeFake(role: string): void {
  const lines = [
    `process.argv.splice(2, 0, '${role}', '--notes', ${JSON.stringify(state.root)})`,
    `await import(${JSON.stringify(FAKE)})`,
  ]
  writeFileSync(path.join(state.root, `${role}.mjs`), lines.join('\n'))
}

function notes(): string[] {
  const file = path.join(state.root, 'notes')
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : []
}
function livingPids(): number[] {
  const pids = notes().flatMap((line) => /^\w+ (\d+)$/.exec(line)?.[1] ?? [])
  return pids.map(Number).filter((pid) => isAlive(pid))
}
/** One that ended but whose new parent has not asked how (a container's first process may never) runs no more. */
function isAlive(pid: number): boolean {
  const status = `/proc/${pid}/status`
  try {
    return process.kill(pid, 0) && !(existsSync(status) && /^State:\tZ/m.test(readFileSync(status, 'utf8')))
  } catch {
    return false
  }
}

function start(args: readonly string[], env: Record<string, string> = {}) {
  return startOpen(['--no-open', ...args], env)
}
/** What opens a browser is a stand-in that opens none. */
function startOpen(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [START, state.root, '--data', state.data, ...args], {
    env: { ...process.env, PATH: `${state.root}:${process.env['PATH']}`, ...env },
  })
  running.push(child)
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => (output.stdout += String(text)))
  child.stderr.on('data', (text) => (output.stderr += String(text)))
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  const ready = vi.waitFor(() => expect(output.stdout).toContain('\n'), { timeout: 20_000, interval: 20 })
  ready.catch(() => {}) // tests of failures never look at it
  return { child, output, ended, ready }
}

test('one JSON line when it is usable, and nothing else on stdout', async () => {
  const { child, output, ended, ready } = start(['--port', '0'])
  await ready
  const line = JSON.parse(output.stdout) as Record<string, string>
  expect(Object.keys(line)).toEqual(['event', 'server', 'workstation'])
  expect(line['event']).toBe('ready')
  expect(line['server']).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
  expect(Number(new URL(line['workstation'] ?? '').port)).toBe(Number(new URL(line['server'] ?? '').port) + 1)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(output.stdout.trimEnd().split('\n')).toHaveLength(1)
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops every process and ends with 0', async (signal) => {
  const { child, ended, ready } = start(['--port', '0'], { FAKE_SAMPLES: 'long' })
  await ready
  await vi.waitFor(() => expect(livingPids()).toHaveLength(4))
  child.kill(signal)
  expect(await ended).toBe(0)
  expect(livingPids()).toEqual([])
})

test('the workstation is stopped before the server that it talks to', async () => {
  const { child, ended, ready } = start(['--empty', '--port', '0'])
  await ready
  child.kill('SIGTERM')
  await ended
  expect(notes().filter((line) => line.endsWith('stopping'))).toEqual(['preview stopping', 'server stopping'])
})

test('Ctrl-C of the terminal, doubled by npm, reaches no part twice and forces nothing', async () => {
  const { child, ended, ready } = start(['--empty', '--port', '0'])
  await ready
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(notes().filter((line) => line.endsWith('got SIGINT'))).toEqual([])
})

test('a second signal, a moment later, ends a part that does not listen', async () => {
  const { child, ended, ready } = start(['--empty', '--port', '0'], { FAKE_SERVER: 'deaf' })
  await ready
  child.kill('SIGTERM')
  await vi.waitFor(() => expect(notes()).toContain('server stopping'))
  const again = setInterval(() => child.kill('SIGTERM'), 300)
  expect(await ended).toBe(130)
  clearInterval(again)
  await vi.waitFor(() => expect(livingPids()).toEqual([]))
})

test('a crashed server is reported with the end of its log, and its database does not stay behind', async () => {
  const { output, ended } = start(['--port', '0'], { FAKE_SERVER: 'crash' })
  expect(await ended).toBe(1)
  expect(output.stderr).toMatch(/the server ended with code 9/)
  expect(output.stderr).toMatch(/the disk is full/)
  expect(livingPids()).toEqual([])
})

test('a sample practice that cannot be sent stops the start', async () => {
  const { output, ended } = start(['--port', '0'], { FAKE_SAMPLES: 'fail' })
  expect(await ended).toBe(1)
  expect(output.stderr).toMatch(/the sample practice ended with code 4/)
  expect(output.stdout).toBe('')
})

test('the sample practice is sent once', async () => {
  for (const round of [1, 2]) {
    const { child, ended, ready } = start(['--port', '0'])
    await ready
    const sent = () => notes().filter((line) => /^samples \d+$/.test(line)).length
    if (round === 1) await vi.waitUntil(() => existsSync(path.join(state.data, 'samples/seeded.json')))
    child.kill('SIGTERM')
    await ended
    expect(sent()).toBe(1)
  }
})

test('--empty sends no sample practice', async () => {
  const { child, ended, ready } = start(['--empty', '--port', '0'])
  await ready
  child.kill('SIGTERM')
  await ended
  expect(notes().some((line) => line.startsWith('samples'))).toBe(false)
})

/** npm's package of Electron without its runtime: its script fetches it, or cannot. */
function writeElectron(canBeFetched: boolean): void {
  const folder = path.join(state.root, 'node_modules/electron')
  mkdirSync(path.join(folder, 'dist'), { recursive: true })
  writeFake('desktop')
  const runtime = path.join(folder, 'dist/electron')
  writeFileSync(runtime, `#!/bin/sh\nexec '${process.execPath}' '${state.root}/desktop.mjs' "$@"\n`, { mode: 0o755 })
  const lines = [
    `const { appendFileSync, writeFileSync } = require('node:fs')`,
    `appendFileSync(${JSON.stringify(path.join(state.root, 'notes'))}, 'fetched\\n')`,
    canBeFetched ? `writeFileSync(${JSON.stringify(path.join(folder, 'path.txt'))}, 'electron')` : 'process.exit(1)',
  ]
  writeFileSync(path.join(folder, 'install.js'), lines.join('\n'))
  writeFileSync(path.join(state.root, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 })
}
const workstationOf = ({ stdout }: { readonly stdout: string }) =>
  (JSON.parse(stdout) as Record<string, string>)['workstation']
const WITH_DISPLAY = { DISPLAY: ':99' }

describe.skipIf(process.platform === 'win32')('where a window can be seen', () => {
  test('Electron’s runtime is fetched once, and the desktop app is the workstation', async () => {
    writeElectron(true)
    for (const round of [1, 2]) {
      const { child, output, ended, ready } = startOpen(['--empty', '--port', '0'], WITH_DISPLAY)
      await ready
      expect(workstationOf(output)).toBe('app://workstation/')
      expect(output.stderr.includes('fetching Electron’s runtime')).toBe(round === 1)
      child.kill('SIGTERM')
      expect(await ended).toBe(0)
    }
    expect(notes().filter((line) => line === 'fetched')).toHaveLength(1)
  })

  test('a runtime that cannot be fetched is said, and a browser has it', async () => {
    writeElectron(false)
    const { child, output, ended, ready } = startOpen(['--empty', '--port', '0'], WITH_DISPLAY)
    await ready
    expect(workstationOf(output)).toMatch(/^http:/)
    expect(output.stderr).toContain('for a browser (Electron’s runtime cannot be fetched here)')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test('a desktop app that ends before its window is there gives way to a browser, and says why', async () => {
    writeElectron(true)
    const { child, output, ended, ready } = startOpen(['--empty', '--port', '0'], {
      ...WITH_DISPLAY,
      FAKE_DESKTOP: 'crash',
    })
    await ready
    expect(workstationOf(output)).toMatch(/^http:/)
    expect(output.stderr).toMatch(/for a browser \(the workstation ended with code 133[^)]*no sandbox here/)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })

  test('closing the window stops everything', async () => {
    writeElectron(true)
    const { ended } = startOpen(['--empty', '--port', '0'], { ...WITH_DISPLAY, FAKE_DESKTOP: 'closed' })
    expect(await ended).toBe(0)
    expect(livingPids()).toEqual([])
  })

  test('without a display nothing is fetched', async () => {
    writeElectron(true)
    const { child, output, ended, ready } = startOpen(['--empty', '--port', '0'], { DISPLAY: '', WAYLAND_DISPLAY: '' })
    await ready
    expect(output.stderr).toContain('for a browser (no display here)')
    expect(notes()).not.toContain('fetched')
    child.kill('SIGTERM')
    await ended
  })
})

test('a port that was asked for and is taken is said, not exchanged', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number } // a TCP server's address
  const { output, ended } = start(['--port', String(port)])
  expect(await ended).toBe(2)
  expect(output.stderr).toContain(`Port ${port} is taken`)
  expect(notes()).toEqual([])
  holder.close()
})

test.each([
  { args: ['--port', 'x'], says: /--port takes a number/ },
  { args: ['--prot', '1'], says: /--prot/ },
])('$args is refused in one sentence', async ({ args, says }) => {
  const { output, ended } = start(args)
  expect(await ended).toBe(2)
  expect(output.stderr).toMatch(says)
  expect(output.stderr).not.toMatch(/at .*\.ts:/)
})

test('--help explains and ends with 0', async () => {
  const { output, ended } = start(['--help'])
  expect(await ended).toBe(0)
  expect(output.stdout).toContain('npm start')
})
