import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from 'vitest'
import { findViolations, readImports, zoneOf } from './check-imports.ts'
import { ZONES } from './table.ts'

const root = path.resolve(import.meta.dirname, '../..')
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts', '*.tsx'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file.includes('/'))

test.each([
  { file: 'server/contract/domain/a.ts', specifier: 'node:fs', says: /without Node/ },
  { file: 'server/contract/domain/a.ts', specifier: 'kysely', says: /no such package/ },
  { file: 'server/contract/domain/a.ts', specifier: '../../http/b.ts', says: /may import itself/ },
  { file: 'renderer/screens/queue/a.tsx', specifier: '../review/b.tsx', says: /do not know each other/ },
  { file: 'renderer/screens/queue/a.tsx', specifier: '../../../electron/store/b.ts', says: /may import/ },
  { file: 'renderer/screens/queue/a.tsx', specifier: '../../../server/contract/api/routes.ts', says: /may import/ },
  { file: 'renderer/ui/a.tsx', specifier: '../screens/queue/b.tsx', says: /may import/ },
  { file: 'electron/store/a.ts', specifier: '../sync/b.ts', says: /may import/ },
  { file: 'electron/store/a.ts', specifier: 'electron', says: /only electron\/main/ },
  { file: 'electron/store/a.ts', specifier: 'react', says: /belongs to the window/ },
  { file: 'electron/sync/a.ts', specifier: '../../server/modules/sync/service.ts', says: /may import/ },
  { file: 'server/modules/scans/a.ts', specifier: '../reads/repository.ts', says: /service.ts only/ },
  { file: 'somewhere/a.ts', specifier: './b.ts', says: /no row/ },
])('$file may not import $specifier', ({ file, specifier, says }) => {
  expect(findViolations([{ file, specifier, typeOnly: false }])).toEqual([expect.stringMatching(says)])
})

test.each([
  { file: 'electron/store/a.ts', specifier: '../../server/contract/domain/ids.ts' },
  { file: 'electron/main/a.ts', specifier: 'electron' },
  { file: 'server/modules/scans/a.ts', specifier: '../reads/service.ts' },
  { file: 'renderer/screens/queue/a.tsx', specifier: '../../ports/bridge.ts' },
  { file: 'electron/store/a.test.ts', specifier: '../sync/b.ts' },
])('$file may import $specifier', ({ file, specifier }) => {
  expect(findViolations([{ file, specifier, typeOnly: false }])).toEqual([])
})

test('every source file of the repository keeps to the table', () => {
  expect(sources.length).toBeGreaterThan(40)
  expect(findViolations(sources.flatMap((file) => readImports(root, file)))).toEqual([])
})

test('no row of the table is dead', () => {
  const used = new Set(sources.map((file) => zoneOf(file)?.at))
  expect(ZONES.map((zone) => zone.at).filter((at) => !used.has(at))).toEqual([])
})
