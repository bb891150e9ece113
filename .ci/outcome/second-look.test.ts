import { describe, expect, test } from 'vitest'
import type { Failure, Report } from './report.ts'
import { afterSecondLook, worthSecondLook } from './second-look.ts'

const pass = (file: string, name: string) => ({ file, test: name })
const fail = (file: string, name?: string): Failure => ({
  file,
  words: 'expected 2 to be 1',
  ...(name === undefined ? {} : { test: name }),
})
const report = (part: Partial<Report>): Report => ({ passed: [], failures: [], skipped: [], ...part })

describe('which files are run once more', () => {
  test('each that failed, once', () => {
    expect(worthSecondLook(report({ failures: [fail('a', '1'), fail('a', '2'), fail('b')] }))).toEqual(['a', 'b'])
  })
  test('none when more than three failed: that is no accident', () => {
    expect(worthSecondLook(report({ failures: ['a', 'b', 'c', 'd'].map((file) => fail(file, '1')) }))).toEqual([])
  })
})

describe('what holds after the second look', () => {
  const first = report({ passed: [pass('a', '1'), pass('b', '1')], failures: [fail('a', '2')] })

  test('a test that passes by itself counts as passed, and is named', () => {
    const { report: then, unsteady } = afterSecondLook(first, report({ passed: [pass('a', '1'), pass('a', '2')] }), [
      'a',
    ])
    expect(then).toEqual(report({ passed: [pass('b', '1'), pass('a', '1'), pass('a', '2')] }))
    expect(unsteady).toEqual(first.failures)
  })
  test('one that fails again stays failed', () => {
    const again = report({ passed: [pass('a', '1')], failures: [fail('a', '2')] })
    expect(afterSecondLook(first, again, ['a'])).toEqual({
      report: report({ passed: [pass('b', '1'), pass('a', '1')], failures: [fail('a', '2')] }),
      unsteady: [],
    })
  })
  test('when another test of the file fails the second time, that one has failed', () => {
    const other = report({ passed: [pass('a', '2')], failures: [fail('a', '1')] })
    expect(afterSecondLook(first, other, ['a'])).toMatchObject({ report: { failures: [fail('a', '1')] }, unsteady: [] })
  })
  test('a second run that never came to the test says nothing for it', () => {
    for (const second of [report({}), report({ passed: [pass('a', '1')] }), report({ skipped: [pass('a', '2')] })]) {
      expect(afterSecondLook(first, second, ['a'])).toMatchObject({
        report: { failures: first.failures },
        unsteady: [],
      })
    }
  })
  test('a file whose hook failed passes with its tests', () => {
    const hook = report({ failures: [fail('a')] })
    expect(afterSecondLook(hook, report({ passed: [pass('a', '1')] }), ['a'])).toMatchObject({
      report: { passed: [pass('a', '1')], failures: [] },
      unsteady: [fail('a')],
    })
  })
})
