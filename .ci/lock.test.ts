import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

type Lock = {
  packages: Record<string, { gypfile?: boolean; resolved?: string; version?: string; dependencies?: object }>
}
const root = path.resolve(import.meta.dirname, '..')
const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<
  string,
  Record<string, string>
>

test('npm 10 does not compile the SQLite module: its lock entry says gypfile false (docs/gotchas.md)', () => {
  expect(lock.packages['node_modules/better-sqlite3']?.gypfile).toBe(false)
})

test('the lock file names no registry', () => {
  expect(Object.values(lock.packages).filter((entry) => entry.resolved?.startsWith('http'))).toEqual([])
})

test('every version is exact', () => {
  const versions = Object.entries({ ...manifest['dependencies'], ...manifest['devDependencies'] })
  expect(versions.filter(([, version]) => !/^(npm:(@?[^@]+)@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})
