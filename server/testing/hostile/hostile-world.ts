import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CryptoKey, generateKeyPair, SignJWT } from 'jose'
import { v7 as uuidV7 } from 'uuid'
import { ClientId, PatientId } from '../../contract/domain/ids.ts'
import type { Patient } from '../../contract/domain/patients.ts'
import { Role } from '../../contract/domain/roles.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import type { ImportOutboxRequest, PushRequest } from '../../contract/sync/wire.ts'
import { createHttp, type Http } from '../../http/create-http.ts'
import { healthHandlers } from '../../http/health.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import { createIdentify, type Identify } from '../../http/sign-in/identify.ts'
import { createPersonCache } from '../../http/sign-in/person-cache.ts'
import { signInHandlers } from '../../http/sign-in/sign-in-info.ts'
import { createVerifyToken } from '../../http/sign-in/verify-token.ts'
import { appendAudit } from '../../modules/audit/service.ts'
import { findIntakeCaller } from '../../modules/intake-keys/service.ts'
import { findPersonByCredential } from '../../modules/people/service.ts'
import { newRead, openPractice, publishSession, startTestServer, type TestServer } from '../../modules/testing.ts'
import { systemClock } from '../../platform/clock.ts'
import { silentLogger } from '../../platform/logger.ts'
import { answerSignedRequests } from '../../platform/objects/folder/signed-requests.ts'
import { getDemoTls } from '../../platform/secrets/demo-tls.ts'
import { everyMutation } from './every-mutation.ts'
import { mutationOf } from './mutation-of.ts'

const ISSUER = 'https://issuer' // as openPractice registers its people
const AUDIENCE = 'urn:loupe:api'
const UNLIMITED = { perPrincipal: 1e9, openPerAddress: 1e9, failedSignInsPerAddress: 1e9, atOncePerPrincipal: 1e9 }

export type HostileWorld = Awaited<ReturnType<typeof openHostileWorld>>

/** The whole server over a real PostgreSQL, with two practices in it: ours, whose people call, and another's. */
export async function openHostileWorld() {
  const server = await startTestServer()
  const folder = await mkdtemp(join(tmpdir(), 'loupe-hostile-'))
  const keys = await generateKeyPair('ES256')
  const strangers = await generateKeyPair('ES256')
  const http = await openApp(server, folder, keys.publicKey)
  const sign = (key: CryptoKey, subject: string, expires: string) =>
    new SignJWT({ sub: subject, iss: ISSUER, aud: AUDIENCE })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key)
  const ours = await openPractice(server)
  const theirs = await openPractice(server)
  const tokens = new Map<Role, string>()
  for (const role of Role.options) {
    const person = role === 'clinician' ? ours.clinician : await ours.hire(role)
    tokens.set(role, await sign(keys.privateKey, person.personId, '2h'))
  }
  const colleague = await ours.hire('clinician')
  const session = await publishSession(server, ours)
  const patient = await registerPatient(server, ours)
  const push = (body: PushRequest, caller: PersonPrincipal) =>
    server.handlers['sync.push']({ body, params: undefined, query: undefined }, caller)
  const pushed: PushRequest = { ...fresh(), mutations: everyMutation({ session, patient }) }
  await push(pushed, ours.clinician)
  const imported: ImportOutboxRequest = {
    ...fresh(),
    personId: colleague.personId,
    exportedAtMs: 1,
    mutations: everyMutation({ session, patient }),
  }
  const admin = { ...colleague, roles: ['practice_admin'] as const }
  await server.handlers['sync.importOutbox']({ body: imported, params: undefined, query: undefined }, admin)
  const withdrawn = await publishSession(server, ours)
  const input = { params: { id: withdrawn.sessionId }, body: { reason: 'wrong patient' }, query: undefined }
  await server.handlers['scans.withdraw'](input, ours.clinician)
  const theirSession = await publishSession(server, theirs)
  const colleaguesClient = ClientId.parse(uuidV7())
  const colleaguesPush = {
    ...fresh(),
    clientId: colleaguesClient,
    mutations: [mutationOf(1, newRead(session.sessionId))],
  }
  await push(colleaguesPush, colleague)
  const parked = mutationOf(1, newRead(session.sessionId, { aligners: 'out' }))
  await push({ ...fresh(), mutations: [parked] }, await ours.hire('clinician'))
  return {
    app: http.app,
    superuserUrl: server.database.superuserUrl,
    tokens,
    badTokens: [
      await sign(strangers.privateKey, ours.clinician.personId, '2h'),
      await sign(keys.privateKey, ours.clinician.personId, '-1h'),
      await sign(keys.privateKey, uuidV7(), '2h'),
    ],
    intakeSecret: ours.key.secret,
    session,
    withdrawn,
    patient: await server.handlers['patients.get'](
      { params: { id: patient.id }, query: undefined, body: undefined },
      ours.clinician,
    ),
    /** One of each, applied. */
    pushed,
    imported,
    colleaguesClient,
    /** A change of somebody else's that was refused and is kept for them. */
    someonesParked: parked.id,
    theirs: {
      session: theirSession,
      patient: await registerPatient(server, theirs),
      keyId: theirs.key.id,
      personId: theirs.clinician.personId,
    },
    /** Refusals in our audit log, newest first. */
    listDenied: (limit: number): Promise<{ seq: number; action: string }[]> =>
      server.database.inPractice(ours.id, (tx) => {
        const denied = tx.selectFrom('audit_entry').select(['seq', 'action']).where('outcome', '=', 'denied')
        return denied.orderBy('seq', 'desc').limit(limit).execute()
      }),
    close: async () => {
      await http.close()
      await server.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const fresh = () => ({ protocol: PROTOCOL_VERSION, clientId: ClientId.parse(uuidV7()) })

async function openApp(server: TestServer, folder: string, key: CryptoKey): Promise<Http> {
  const { database, objects, clock } = server.deps
  return createHttp({
    tls: await getDemoTls(folder, systemClock.nowMs()),
    handlers: {
      ...server.handlers,
      ...healthHandlers({ database, objects }),
      ...signInHandlers({ issuer: ISSUER, clientId: 'loupe', audience: AUDIENCE, demo: false }),
    },
    identify: identifyWith(server, key),
    audit: {
      record: (who, event) =>
        database.inPractice(who.practiceId, (tx) => appendAudit(tx, who.practiceId, who, clock.nowMs(), event)),
    },
    log: silentLogger,
    objects: answerSignedRequests({ root: join(folder, 'objects'), secret: randomBytes(32), clock }),
    rates: UNLIMITED,
    maxLagMs: 60_000,
  })
}

function identifyWith(server: TestServer, key: CryptoKey): Identify {
  const findPerson = { findPersonByCredential: findPersonByCredential.bind(null, server.database) }
  return createIdentify({
    verifyToken: createVerifyToken({ issuer: ISSUER, audience: AUDIENCE, keys: async () => key, clock: systemClock }),
    people: createPersonCache(findPerson, systemClock),
    intakeKeys: { findIntakeCaller: (secret) => findIntakeCaller(server.deps, secret) },
  })
}

function registerPatient(server: TestServer, practice: Awaited<ReturnType<typeof openPractice>>): Promise<Patient> {
  const body = { ...newPatientFields(), id: PatientId.parse(uuidV7()) }
  return server.handlers['patients.create']({ body, params: undefined, query: undefined }, practice.clinician)
}

export function newPatientFields() {
  return {
    reference: `R-${randomBytes(6).toString('hex')}`,
    givenName: 'A',
    familyName: 'Patient',
    birthDate: '2008-02-29',
    treatmentType: 'aligners',
    alignerBrand: null,
    currentStage: 3,
    totalStages: 20,
    scanFrequencyDays: 7,
    status: 'active',
    doctorId: null,
  } as const
}
