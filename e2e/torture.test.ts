import path from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './support/practice.ts'
import { runProgram } from './support/process.ts'

type Line = {
  readonly event: 'torture'
  readonly kills: number
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  readonly wrong: number
  readonly failed?: string
}

/** As `npm run torture` runs it. */
async function torture(...flags: readonly string[]): Promise<{ line: Line; code: number | null; log: string }> {
  const program = runProgram(path.join(ROOT, 'e2e/torture/main.ts'), flags)
  const line = await program.event<Line>('torture')
  return { line, code: await program.exited, log: program.log() }
}

test('twenty kills of workstation, server and PostgreSQL lose nothing and double nothing', {
  timeout: 900_000,
}, async () => {
  const { line, code, log } = await torture('--kills', '20')
  expect(line, log).toMatchObject({ kills: 20, lost: 0, doubled: 0, wrong: 0 })
  expect(line.failed).toBeUndefined()
  expect(line.acknowledged).toBeGreaterThan(50)
  expect(code).toBe(0)
})

test.each(['lose-row', 'answer-before-commit'])('the torture tells a workstation that would %s', async (sabotage) => {
  const { line, code, log } = await torture('--kills', '3', '--seed', '7', '--sabotage', sabotage)
  expect(line.lost, log).toBeGreaterThan(0)
  expect(code).toBe(1)
  expect(log).toContain('LOST on the workstation')
})
