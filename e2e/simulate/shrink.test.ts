import { expect, test } from 'vitest'
import { makePlan } from './plan/make-plan.ts'
import type { Plan } from './plan/steps.ts'
import { shrink } from './shrink.ts'

const count = (plan: Plan, what: string) => plan.steps.filter((step) => step.do === what).length

test('only the steps that are needed are left, in their order', async () => {
  const plan = makePlan(3)
  const fails = async (shorter: Plan) => count(shorter, 'decide') >= 2 && count(shorter, 'sync') >= 1
  const shortest = await shrink(plan, fails)
  expect(shortest.steps).toHaveLength(3)
  expect(plan.steps.filter((step) => step.do === 'decide' || step.do === 'sync').length).toBeGreaterThan(3)
  expect(await fails(shortest)).toBe(true)
})

test('faults that change nothing are taken off, those that matter stay', async () => {
  const steps: Plan['steps'] = [
    {
      do: 'sync',
      at: 0,
      push: [{ kind: 'lost' }, { kind: 'busy' }],
      pull: [{ kind: 'late' }],
      crash: { write: 2, when: 'after' },
    },
    { do: 'wait', ms: 70_000 },
  ]
  const fails = async ({ steps: [first] }: Plan) =>
    first?.do === 'sync' && first.push.some(({ kind }) => kind === 'busy')
  const shortest = await shrink({ ...makePlan(1), steps }, fails)
  expect(shortest.steps).toEqual([{ do: 'sync', at: 0, push: [{ kind: 'ok' }, { kind: 'busy' }], pull: [] }])
})

test('a story that costs too much to shorten is left as it is by then', async () => {
  const runs = { count: 0 }
  await shrink(makePlan(5), async () => (runs.count += 1) > 1_000_000, 25)
  expect(runs.count).toBe(25)
})

test('one seed is one plan', () => {
  expect(makePlan(42)).toEqual(makePlan(42))
  expect(makePlan(42)).not.toEqual(makePlan(43))
})
