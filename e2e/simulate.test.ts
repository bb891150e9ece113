import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Postgres, sharedBy, startPostgres } from './simulate/server/postgres.ts'
import { ROOT } from './support/practice.ts'
import { runProgram } from './support/process.ts'

type Line = {
  readonly event: 'simulate'
  readonly seeds: number
  readonly passed: number
  readonly failed: number
  readonly firstFailing: number | null
  readonly decided: number
  readonly hashes?: Readonly<Record<string, string>>
}

const LONG_MS = 600_000

let postgres: Postgres
beforeAll(async () => void (postgres = await startPostgres()))
afterAll(() => postgres?.stop())

const MAIN = path.join(ROOT, 'e2e/simulate/main.ts')

/** As `npm run simulate` runs it, but for one PostgreSQL for all. */
async function simulate(...flags: readonly string[]): Promise<{ line: Line; code: number | null; log: string }> {
  const program = runProgram(MAIN, flags, sharedBy(postgres))
  const line = await program.event<Line>('simulate')
  return { line, code: await program.exited, log: program.log() }
}

test('a hundred runs break no rule', { timeout: LONG_MS }, async () => {
  const { line, code, log } = await simulate('--seeds', '100')
  expect(line, log).toMatchObject({ seeds: 100, passed: 100, failed: 0, firstFailing: null })
  expect(line.decided).toBeGreaterThan(500)
  expect(code).toBe(0)
})

test('one seed repeats exactly, alone or after others, in one process or two', { timeout: LONG_MS }, async () => {
  const { line: together } = await simulate('--seed', '7', '--seeds', '9', '--workers', '2', '--hashes')
  const { line: inOne } = await simulate('--seed', '11', '--seeds', '5', '--workers', '1', '--hashes')
  const { line: alone } = await simulate('--seed', '13', '--hashes')
  expect(Object.keys(together.hashes ?? {})).toHaveLength(9)
  expect(together.hashes).toMatchObject(inOne.hashes ?? {})
  expect(inOne.hashes).toMatchObject(alone.hashes ?? {})
})

describe('a fault that is planted is found:', () => {
  /** Seeds that are enough; they are among the hundred above, which pass without the fault. */
  test.each([
    ['cursor-before-rows', 100],
    ['refusals-forgotten', 30],
    ['max-plus-one', 20],
    ['counter-not-last', 100],
    ['overlay-dropped-early', 40],
    ['tombstone-missing', 30],
    ['photo-unverified', 100],
    ['digest-copied', 40],
    ['sent-forgotten', 20],
    ['correction-untold', 30],
    ['correction-loses', 30],
  ])('%s', { timeout: LONG_MS }, async (planted, seeds) => {
    const { line, code, log } = await simulate('--planted', planted, '--seeds', String(seeds), '--first', '--whole')
    expect(line.failed, log).toBeGreaterThan(0)
    expect(code).toBe(1)
    expect(log).toContain(`again: npm run simulate -- --seed ${line.firstFailing} --planted ${planted}`)
  })
})

test('a failing seed tells its shortest story, and fails again when it is asked for alone', {
  timeout: LONG_MS,
}, async () => {
  const planted = ['--planted', 'tombstone-missing']
  const { line } = await simulate(...planted, '--seeds', '30', '--first', '--whole', '--workers', '1')
  const { code, log } = await simulate(...planted, '--seed', String(line.firstFailing))
  expect(code).toBe(1)
  const steps = log.split('\n').filter((text) => /^ {2}\d\. |^ {1}\d\d\. /.test(text))
  expect(steps.length, log).toBeLessThan(8)
  expect(log).toMatch(/withdraws scan \d\n/)
})

test('stops when it is asked to, with what it has done, and takes its PostgreSQL along', {
  timeout: LONG_MS,
}, async () => {
  const program = runProgram(MAIN, ['--seeds', '100000', '--workers', '1'])
  await vi.waitFor(() => expect(program.log()).toContain('of 100000 seeds'), { timeout: 120_000, interval: 200 })
  expect(await program.stop('SIGINT')).toBe(0)
  const line = await program.event<Line>('simulate')
  expect(line.seeds).toBeGreaterThan(0)
  expect(line.seeds).toBeLessThan(100_000)
})
