import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import { newPhoto, newRead, newSession } from '../../modules/testing.ts'
import type { HostileRequest } from './hostile-request.ts'
import type { HostileWorld } from './hostile-world.ts'
import { refusablePushes } from './refusable-pushes.ts'

export type Case = Pick<HostileRequest, 'why' | 'method' | 'url'> & { body?: unknown; expected?: 'unchanged' }

/** Well-formed, and still nothing may come of it: redelivered, out of order, stale, or about what is another's. */
export function refusable(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const authorization = `Bearer ${world.tokens.get('clinician')}`
  const admin = `Bearer ${world.tokens.get('practice_admin')}`
  return fc.constantFrom(...casesOf(world)).map((make) => {
    const { body, expected = 'refused', ...request } = make()
    const headers = {
      'content-type': 'application/json',
      authorization: /intake-keys|import/.test(request.url) ? admin : authorization,
    }
    return { ...request, headers, payload: body === undefined ? undefined : JSON.stringify(body), expected }
  })
}

function casesOf(world: HostileWorld): (() => Case)[] {
  return [...refusablePushes(world), ...foreignOf(world), ...staleOf(world)]
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
    () => ({
      why: 'a withdrawal of theirs',
      method: 'POST',
      url: `${sessions}/${theirs.session.sessionId}/withdraw`,
      body: { reason: 'x' },
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

function staleOf({ session, withdrawn, patient }: HostileWorld): (() => Case)[] {
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
      body: { baseRevision: patient.revision, set: { doctorId: uuidV7() } },
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
      body: { baseRevision: patient.revision, set: { birthDate: '0000-01-01' } },
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
      why: 'a second withdrawal',
      method: 'POST',
      url: `${sessions}/${withdrawn.sessionId}/withdraw`,
      body: { reason: 'another reason' },
      expected: 'unchanged',
    }),
    () => ({
      why: 'a read of what was withdrawn',
      method: 'POST',
      url: `${sessions}/${withdrawn.sessionId}/tags`,
      body: newRead(withdrawn.sessionId),
    }),
    () => ({
      why: 'a version nobody made',
      method: 'POST',
      url: `${sessions}/${session.sessionId}/tags`,
      body: newRead(session.sessionId, { sessionVersion: 2 ** 50 }),
    }),
  ]
}
