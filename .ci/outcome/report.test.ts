import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runCommand } from '../run-command.ts'
import { readReport } from './report.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'loupe-report-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test("the report of a real run names what passed, failed and was skipped, and a file that can't be loaded", async () => {
  const vitest = path.resolve('node_modules/vitest/dist/index.js')
  const head = `import { expect, test } from ${JSON.stringify(vitest)}\n`
  writeFileSync(
    path.join(folder, 'some.test.ts'),
    `${head}test('holds', () => {})\ntest('breaks', () => expect(2).toBe(1))\ntest.skip('left out', () => {})\n`,
  )
  writeFileSync(path.join(folder, 'broken.test.ts'), "throw new Error('not to be loaded')\n")
  const out = path.join(folder, 'report.json')
  const args = ['run', '--root', folder, '--reporter=json', `--outputFile.json=${out}`]
  const code = await runCommand(path.resolve('node_modules/.bin/vitest'), args, { beside: true })

  expect(code).toBe(1)
  expect(readReport(out, folder)).toEqual({
    passed: [{ file: 'some.test.ts', test: 'holds' }],
    failures: expect.arrayContaining([
      { file: 'some.test.ts', test: 'breaks', words: expect.stringContaining('expected 2 to be 1') },
      { file: 'broken.test.ts', words: 'not to be loaded' },
    ]) as unknown,
    skipped: [{ file: 'some.test.ts', test: 'left out' }],
  })
})

test('a report that is missing or torn is an error', () => {
  expect(() => readReport(path.join(folder, 'none.json'))).toThrow('ENOENT')
  writeFileSync(path.join(folder, 'torn.json'), '{"testResults": [')
  expect(() => readReport(path.join(folder, 'torn.json'))).toThrow(SyntaxError)
})
