import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import type { Goal, SaveGoal } from './goals.ts'
import { GoalId, PatientId, PersonId } from './ids.ts'
import { saveGoal } from './save-goal.ts'

const uuid = (n: number) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [alma, jonas] = [PersonId.parse(uuid(1)), PersonId.parse(uuid(2))]
const args: SaveGoal = {
  id: GoalId.parse(uuid(3)),
  patientId: PatientId.parse(uuid(4)),
  text: 'Close the gap',
  dueOn: '2030-05-01',
  quietUntil: null,
  state: 'open',
}
const goal: Goal = { ...args, setBy: alma, changedAtMs: 5 }
const base = { text: 'Close the gap', dueOn: '2030-05-01', quietUntil: null, state: 'open' }
const by = { personId: jonas, nowMs: 9 }
const codeOf = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (cause) {
    return AppError.from(cause).code
  }
}

test('a new goal is as it was written, by whoever set it', () => {
  expect(saveGoal(undefined, args, {}, by)).toEqual({ ...args, setBy: jonas, changedAtMs: 9 })
})

test('a field that was changed wins; one that was left alone stays as a colleague set it meanwhile', () => {
  const meanwhile: Goal = { ...goal, dueOn: '2031-01-01' }
  expect(saveGoal(meanwhile, { ...args, state: 'reached' }, base, by)).toEqual({
    ...meanwhile,
    state: 'reached',
    setBy: jonas,
    changedAtMs: 9,
  })
})

test.each<[string, Goal | undefined, Partial<SaveGoal>, Record<string, unknown>, string | undefined]>([
  ['two values for one field', { ...goal, text: 'Other' }, { text: 'Mine' }, base, 'goal.stale'],
  ['the value that is there already', { ...goal, text: 'Mine' }, { text: 'Mine' }, base, undefined],
  ['the same new goal once more', goal, {}, {}, undefined],
  ['another new goal under its id', goal, { text: 'Mine' }, {}, 'goal.stale'],
  ['a change of what is not there', undefined, { text: 'Mine' }, base, 'not-found'],
  ['another patient', goal, { patientId: PatientId.parse(uuid(8)) }, base, 'input.invalid'],
])('%s', (_, current, change, made, code) => {
  expect(codeOf(() => saveGoal(current, { ...args, ...change }, made, by))).toBe(code)
})
