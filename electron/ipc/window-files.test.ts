import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parsePhotoPath, photoType } from './photo-request.ts'
import { findWindowFile } from './window-files.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'loupe-files-'))
const root = path.join(folder, 'renderer')
mkdirSync(path.join(root, 'assets'), { recursive: true })
mkdirSync(path.join(folder, 'renderer-secret'))
writeFileSync(path.join(root, 'index.html'), '<p>window</p>')
writeFileSync(path.join(root, 'assets/app.js'), 'app()')
writeFileSync(path.join(folder, 'secret.json'), '{}')
writeFileSync(path.join(folder, 'renderer-secret/x.json'), '{}')
afterAll(() => rmSync(folder, { recursive: true }))

test.each([
  { at: '/', type: 'text/html; charset=utf-8' },
  { at: '/review/some-session', type: 'text/html; charset=utf-8' },
  { at: '/assets/app.js', type: 'text/javascript; charset=utf-8' },
])('$at is served as $type', async ({ at, type }) => {
  expect(await findWindowFile(root, at)).toMatchObject({ type })
})

test.each([
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/../renderer-secret/x.json',
  '/assets/none.js',
  '/%zz.js',
  '/a%00.js',
  '/..\\secret.json',
  '/assets/app.exe',
])('%s is nothing', async (at) => {
  expect(await findWindowFile(root, at)).toBeUndefined()
})

const hash = '0f'.repeat(32)
test.each([
  { at: `/${hash}/512`, is: { hash, size: '512', onlyKept: false } },
  { at: `/${hash}/original`, is: { hash, size: 'original', onlyKept: false } },
  { at: `/${hash}/original/kept`, is: { hash, size: 'original', onlyKept: true } },
  { at: `/${hash}/original/kept/`, is: undefined },
  { at: `/${hash}/original/else`, is: undefined },
  { at: `/${hash}/513`, is: undefined },
  { at: `/${hash.toUpperCase()}/512`, is: undefined },
  { at: `/../${hash}/512`, is: undefined },
  { at: `/${hash}/512/`, is: undefined },
  { at: '/', is: undefined },
])('photo address $at', ({ at, is }) => {
  expect(parsePhotoPath(at)).toEqual(is)
})

test('no recorded type makes a photo run as a page', () => {
  expect(photoType('text/html')).toBe('application/octet-stream')
  expect(photoType('image/svg+xml')).toBe('application/octet-stream')
  expect(photoType('image/jpeg')).toBe('image/jpeg')
})
