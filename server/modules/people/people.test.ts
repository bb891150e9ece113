import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPractice, startTestServer, type TestServer } from '../testing.ts'
import { findPersonByCredential, registerPerson, registerPractice } from './service.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

test('an account finds its person, and nobody once the person is inactive', async () => {
  const { id, clinician } = await openPractice(server)
  const account = { issuer: 'https://issuer', subject: clinician.personId }
  expect(await findPersonByCredential(server.database, account)).toEqual(clinician)
  expect(await findPersonByCredential(server.database, { ...account, issuer: 'https://other' })).toBeUndefined()
  const left = { id: clinician.personId, displayName: 'A', roles: [...clinician.roles], active: false }
  await registerPerson(server.deps, id, left, account)
  expect(await findPersonByCredential(server.database, account)).toBeUndefined()
})

test('an account that two practices claim signs in to neither', async () => {
  const [a, b] = [await openPractice(server), await openPractice(server)]
  const account = { issuer: 'https://issuer', subject: 'both' }
  for (const { id, clinician } of [a, b]) {
    const person = { id: clinician.personId, displayName: 'A', roles: [...clinician.roles], active: true }
    await registerPerson(server.deps, id, person, account)
  }
  expect(await findPersonByCredential(server.database, account)).toBeUndefined()
})

test('registering again changes nothing and tells nobody', async () => {
  const { id, clinician } = await openPractice(server)
  const before = server.announced.length
  await registerPractice(server.deps, { id, name: 'Another name' })
  const person = { id: clinician.personId, displayName: 'A Person', roles: [...clinician.roles], active: true }
  await registerPerson(server.deps, id, person, { issuer: 'https://issuer', subject: clinician.personId })
  expect(server.announced).toHaveLength(before)
})

test('who is signed in sees themselves and their practice', async () => {
  const { id, clinician } = await openPractice(server)
  const me = await server.handlers['session.me']({ params: undefined, query: undefined, body: undefined }, clinician)
  expect(me).toMatchObject({ person: { id: clinician.personId }, practice: { id } })
})
