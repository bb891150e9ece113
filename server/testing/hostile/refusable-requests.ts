import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import { newPhoto, newRead, newSession } from '../../modules/testing.ts'
import type { HostileRequest } from './hostile-request.ts'
import type { HostileWorld } from './hostile-world.ts'
import { mutationOf } from './mutation-of.ts'

type Case = Pick<HostileRequest, 'why' | 'method' | 'url'> & { body?: unknown; expected?: 'unchanged' }

/** Well-formed, and still nothing may come of it: redelivered, out of order, stale, or about what is another's. */
export function refusable(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const authorization = `Bearer ${world.tokens.get('clinician')}`
  const admin = `Bearer ${world.tokens.get('practice_admin')}`
  return fc.constantFrom(...casesOf(world)).map((make) => {
    const { body, expected = 'refused', ...request } = make()
    const headers = {
      'content-type': 'application/json',
      authorization: request.url.includes('intake-keys') ? admin : authorization,
    }
    return { ...request, headers, payload: body === undefined ? undefined : JSON.stringify(body), expected }
  })
}

function casesOf(world: HostileWorld): (() => Case)[] {
  return [...pushesOf(world), ...foreignOf(world), ...staleOf(world)]
}

function pushesOf(world: HostileWorld): (() => Case)[] {
  const { pushed, session } = world
  const push = { method: 'POST', url: '/api/v1/sync/push' } as const
  const read = (seq: number) => mutationOf(seq, newRead(session.sessionId))
  return [
    () => ({ ...push, why: 'redelivered', body: pushed, expected: 'unchanged' }),
    () => ({
      ...push,
      why: 'redelivered twice at once',
      body: { ...pushed, mutations: [...pushed.mutations, ...pushed.mutations] },
      expected: 'unchanged',
    }),
    () => ({ ...push, why: 'a used number', body: { ...pushed, mutations: [read(1)] } }),
    () => ({ ...push, why: 'a gap', body: { ...pushed, mutations: [read(3), read(2)] } }),
    () => ({ ...push, why: 'the last number of all', body: { ...pushed, mutations: [read(Number.MAX_SAFE_INTEGER)] } }),
    () => ({
      ...push,
      why: 'a new workstation that begins late',
      body: { ...pushed, clientId: uuidV7(), mutations: [read(2)] },
    }),
    () => ({
      ...push,
      why: 'a colleague’s workstation',
      body: { ...pushed, clientId: world.colleaguesClient, mutations: [read(2)] },
    }),
    () => ({
      ...push,
      why: 'too many',
      body: { ...pushed, mutations: Array.from({ length: 101 }, (_, i) => read(i + 2)) },
    }),
  ]
}

function foreignOf({ theirs, session }: HostileWorld): (() => Case)[] {
  const sessions = '/api/v1/scans/sessions'
  const [photo] = theirs.session.images
  return [
    () => ({ why: 'their patient', method: 'GET', url: `/api/v1/patients/${theirs.patient.id}` }),
    () => ({
      why: 'a change of their patient',
      method: 'PATCH',
      url: `/api/v1/patients/${theirs.patient.id}`,
      body: { baseRevision: 1, set: { givenName: 'X' } },
    }),
    () => ({ why: 'their session', method: 'GET', url: `${sessions}/${theirs.session.sessionId}` }),
    () => ({
      why: 'a read of theirs',
      method: 'POST',
      url: `${sessions}/${theirs.session.sessionId}/tags`,
      body: newRead(theirs.session.sessionId),
    }),
    () => ({
      why: 'a read of two sessions',
      method: 'POST',
      url: `${sessions}/${session.sessionId}/tags`,
      body: newRead(theirs.session.sessionId),
    }),
    () => ({
      why: 'a session of their patient',
      method: 'POST',
      url: sessions,
      body: newSession([newPhoto()], { patient: { id: theirs.patient.id } }),
    }),
    () => ({ why: 'their key', method: 'DELETE', url: `/api/v1/intake-keys/${theirs.keyId}` }),
    () => ({
      why: 'their photo',
      method: 'POST',
      url: '/api/v1/photos/download-urls',
      body: { photos: [{ hash: photo?.hash, size: 'original' }] },
      expected: 'unchanged',
    }),
  ]
}

function staleOf({ session, patient }: HostileWorld): (() => Case)[] {
  const sessions = '/api/v1/scans/sessions'
  const patients = '/api/v1/patients'
  return [
    () => ({
      why: 'a stale revision',
      method: 'PATCH',
      url: `${patients}/${patient.id}`,
      body: { baseRevision: 2 ** 40, set: { givenName: 'X' } },
    }),
    () => ({
      why: 'a doctor who does not exist',
      method: 'PATCH',
      url: `${patients}/${patient.id}`,
      body: { baseRevision: 1, set: { doctorId: uuidV7() } },
    }),
    () => ({
      why: 'a taken reference',
      method: 'POST',
      url: patients,
      body: { ...patient, revision: undefined, id: uuidV7() },
    }),
    () => ({
      why: 'a day that never was',
      method: 'PATCH',
      url: `${patients}/${patient.id}`,
      body: { baseRevision: 1, set: { birthDate: '0000-01-01' } },
    }),
    () => ({
      why: 'another session under a used id',
      method: 'POST',
      url: sessions,
      body: newSession([newPhoto()], { sessionId: session.sessionId }),
    }),
    () => ({
      why: 'a scan of tomorrow',
      method: 'POST',
      url: sessions,
      body: newSession([newPhoto()], { capturedOn: '9999-12-31' }),
    }),
    () => ({
      why: 'a version nobody made',
      method: 'POST',
      url: `${sessions}/${session.sessionId}/tags`,
      body: newRead(session.sessionId, { sessionVersion: 2 ** 50 }),
    }),
  ]
}
