import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const launcher = path.join(import.meta.dirname, 'launch.mjs')
let folder: string
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'loupe-launch-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('an entry gets its own arguments', () => {
  const entry = path.join(folder, 'entry.ts')
  writeFileSync(entry, 'const says: unknown = process.argv.slice(1)\nconsole.log(JSON.stringify(says))\n')
  const said = execFileSync(process.execPath, [launcher, entry, '--port', '0'], { encoding: 'utf8' })
  expect(JSON.parse(said)).toEqual([entry, '--port', '0'])
})

test('an old Node says what to do, and nothing is loaded', () => {
  const older = path.join(folder, 'older.mjs')
  writeFileSync(older, `Object.defineProperty(process.versions, 'node', { value: '20.19.4' })`)
  const args = ['--import', older, launcher, path.join(folder, 'absent.ts')]
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stderr).toMatch(/needs Node 24.*20\.19\.4[\s\S]*npm ci/)
  expect(stderr).not.toMatch(/absent/)
  expect(status).toBe(1)
})
