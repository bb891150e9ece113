import { expect, test } from 'vitest'
import { IntakeKeyId } from '../../contract/domain/ids.ts'
import { personId, practiceId } from '../testing/stub-http.ts'
import { createIdentify } from './identify.ts'
import { createPersonCache } from './person-cache.ts'

const account = { issuer: 'https://id.example', subject: 'alma.reyes' }
const alma = { practiceId, personId, roles: ['clinician'] as const }
const intakeKeyId = IntakeKeyId.parse('0198b000-0000-7000-8000-000000000004')

function openSignIn() {
  const state = { nowMs: 0, person: alma as typeof alma | undefined, lookUps: 0 }
  const people = createPersonCache(
    {
      findPersonByCredential: async () => {
        state.lookUps += 1
        return state.person
      },
    },
    { nowMs: () => state.nowMs },
  )
  const identify = createIdentify({
    verifyToken: async () => account,
    people,
    intakeKeys: { findIntakeCaller: async (secret) => (secret === 'good' ? { practiceId, intakeKeyId } : undefined) },
  })
  return { state, people, identify }
}

test('a person and an intake key are told apart', async () => {
  const { identify } = openSignIn()
  expect(await identify('Bearer t')).toEqual({ kind: 'person', ...alma })
  expect(await identify('Intake good')).toEqual({ kind: 'intake', practiceId, intakeKeyId })
  expect(await identify(undefined)).toBeUndefined()
})

test.each(['Intake bad', 'Intake', 'Intake ', 'Bearer', 'Basic abc', 'good', '', 'Bearer a b'])(
  'the header %j is refused',
  async (header) => {
    await expect(openSignIn().identify(header)).rejects.toMatchObject({ code: 'auth.required' })
  },
)

test('an account that belongs to nobody here is told so, and may sign in as soon as it is added', async () => {
  const { identify, state } = openSignIn()
  state.person = undefined
  await expect(identify('Bearer t')).rejects.toMatchObject({ code: 'auth.no-practice' })
  state.person = alma
  expect(await identify('Bearer t')).toMatchObject({ personId })
})

test('a person is looked up again after 30 seconds, and at once when forgotten', async () => {
  const { identify, state, people } = openSignIn()
  await identify('Bearer t')
  state.nowMs = 29_999
  await identify('Bearer t')
  expect(state.lookUps).toBe(1)
  state.nowMs = 30_000
  await identify('Bearer t')
  expect(state.lookUps).toBe(2)
  state.person = undefined
  people.forget(personId)
  await expect(identify('Bearer t')).rejects.toMatchObject({ code: 'auth.no-practice' })
})
