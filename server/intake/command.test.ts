import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KEY, startTestServer, type TestServer } from './testing.ts'

let server: TestServer
const folder = mkdtempSync(path.join(tmpdir(), 'loupe-intake-command-'))
const at = (name: string) => path.join(folder, name)

beforeAll(async () => {
  server = await startTestServer()
  server.practice = 'Northside Orthodontics'
  mkdirSync(at('data/server/tls'), { recursive: true })
  mkdirSync(at('data/server/demo'), { recursive: true })
  writeFileSync(at('data/server/tls/ca.pem'), server.ca)
  writeFileSync(at('data/server/demo/intake-keys.json'), JSON.stringify({ 'Northside Orthodontics': KEY }))
  writeFileSync(at('a.jpg'), Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1]))
  writeFileSync(at('good.csv'), 'patient,captured_on,view,file\np1,2026-06-01,frontal,a.jpg\n')
  writeFileSync(at('bad.csv'), 'patient,captured_on,view,file\np1,2026-06-01,nose,a.jpg\n')
  writeFileSync(at('long.csv'), `patient,captured_on,view,file\n${'p1,2026-06-01,nose,a.jpg\n'.repeat(1000)}`)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** The real command in its own process; asynchronous, for the test server lives in this one. */
async function command(args: string[], environment: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'main.ts'), ...args], {
    env: environment,
    cwd: folder,
  })
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString('utf8')))
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return { code, ...text }
}

const options = (manifest: string, ...more: string[]) => [
  '--server',
  server.url.href,
  '--practice',
  'Northside Orthodontics',
  '--manifest',
  at(manifest),
  ...more,
]

test('with the files of a server on this machine nothing but the manifest need be named', async () => {
  const { code, stdout } = await command(options('good.csv', '--data', at('data')))
  expect(stdout).toContain('1 of 1 sessions published')
  expect(code).toBe(0)
})

test('--json prints one line for programs, and neither key nor patient', async () => {
  const { code, stdout, stderr } = await command(options('good.csv', '--data', at('data'), '--json'))
  expect(stdout.trim().split('\n')).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({
    event: 'done',
    exitCode: 0,
    sessions: 1,
    published: 1,
    already: 1,
    sent: 0,
  })
  expect(stdout + stderr).not.toMatch(new RegExp(`${KEY}|p1`))
  expect(code).toBe(0)
})

test.each([
  ['a manifest with a wrong row', () => options('bad.csv', '--data', at('data')), {}, 2, /row 2: “nose” is not a view/],
  ['no manifest', () => options('none.csv', '--data', at('data')), {}, 2, /no manifest/],
  ['a folder as manifest', () => options('data', '--data', at('data')), {}, 2, /is not a file/],
  [
    'a manifest of a thousand wrong rows',
    () => options('long.csv', '--data', at('data')),
    {},
    2,
    /and 900 more[^]*1000 problems/,
  ],
  ['no key', () => options('good.csv', '--data', at('elsewhere')), {}, 2, /No intake key/],
  [
    'another practice',
    () => options('good.csv', '--data', at('data'), '--practice', 'Elsewhere'),
    {},
    2,
    /no key for the practice/,
  ],
  [
    'an address without https',
    () => options('good.csv', '--data', at('data'), '--server', 'http://x.test'),
    {},
    2,
    /https/,
  ],
  [
    'the key of another practice',
    () => options('good.csv', '--data', at('data'), '--practice', 'Southside Orthodontics'),
    { LOUPE_INTAKE_KEY: KEY },
    2,
    /belongs to “Northside Orthodontics”, not to “Southside Orthodontics”/,
  ],
  ['an option nobody knows', () => options('good.csv', '--quick'), {}, 2, /--quick/],
  [
    'a wrong key',
    () => options('good.csv', '--data', at('data')),
    { LOUPE_INTAKE_KEY: 'wrong' },
    3,
    /sign-in has ended|access/,
  ],
])('%s: exit code and a sentence', async (_, args, environment, expected, sentence) => {
  const { code, stdout, stderr } = await command(args(), environment)
  expect(stdout + stderr).toMatch(sentence)
  expect(code).toBe(expected)
})

test('--help tells columns and exit codes', async () => {
  const { code, stdout } = await command(['--help'])
  expect(stdout).toMatch(/captured_on[\s\S]*Exit codes/)
  expect(code).toBe(0)
})
