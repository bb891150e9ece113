import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ErrorBody } from './contract/api/call.ts'
import { ERRORS } from './contract/errors.ts'
import type { Role } from './contract/domain/roles.ts'
import { type MutationEnvelope, PushAnswer, type PushRequest } from './contract/sync/wire.ts'
import { newRead } from './modules/testing.ts'
import { resolutionOf } from './testing/hostile/every-mutation.ts'
import { describeRequest, type HostileRequest } from './testing/hostile/hostile-request.ts'
import { hostileRequests } from './testing/hostile/hostile-requests.ts'
import { type HostileWorld, openHostileWorld } from './testing/hostile/hostile-world.ts'
import { mutationOf } from './testing/hostile/mutation-of.ts'
import { unreadableMutations } from './testing/hostile/unreadable-mutations.ts'
import { openTableDigest, type TableDigest } from './testing/table-digest.ts'

/** Another run: LOUPE_SEED=<number>. The same seed sends the same requests, but for the ids in them. */
const SEED = Number(process.env['LOUPE_SEED'] ?? 20_261_121)
const REQUESTS = 10_000
const MUTATIONS = 1000
/** Both together take 11 s on two idle cores; a busy machine is not what they are about. */
const TIMEOUT_MS = 300_000
/** What a refused change leaves: that it was refused, and the change itself, for a person to look at. */
const VERDICT_TABLES = ['public.sync_client', 'public.mutation_result', 'public.parked_mutation']
/** Sent at once, with the state compared after each batch; small enough to look for the culprit one by one. */
const BATCH = 50
/** Times that one request may hear that the server is busy. */
const MOST_BUSY = 5

let world: HostileWorld
let digest: TableDigest
beforeAll(async () => {
  world = await openHostileWorld()
  // The audit log is meant to grow: refusals are written down.
  digest = await openTableDigest(world.superuserUrl, ['audit_entry'])
})
afterAll(async () => {
  await digest?.close()
  await world?.close()
})

/**
 * A server that is busy says nothing about the request: fifty at once wait for the same rows, and on a busy machine one
 * of them for longer than a statement may. It is sent again, as every client does.
 */
async function ask({ method, url, headers, payload }: HostileRequest) {
  for (let left = MOST_BUSY; ; left -= 1) {
    const answer = await world.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) })
    const isBusy = answer.statusCode === 503 && ErrorBody.safeParse(parse(answer.body)).data?.code === 'server.busy'
    if (!isBusy || left === 0) return answer
  }
}

/** What is wrong with the answer, or undefined when it is as documented. */
async function send(request: HostileRequest): Promise<string | undefined> {
  const answer = await ask(request)
  if (request.expected === 'unchanged' && answer.statusCode === 200) return undefined
  if (answer.statusCode < 400 || answer.statusCode >= 500)
    return `status ${answer.statusCode} ${answer.body.slice(0, 200)}`
  const body = ErrorBody.safeParse(parse(answer.body))
  if (!body.success) return `no error body: ${answer.statusCode} ${answer.body.slice(0, 200)}`
  const isOtherMethod = answer.statusCode === 405 && body.data.code === 'not-found'
  if (ERRORS[body.data.code].status === answer.statusCode || isOtherMethod) return undefined
  return `code ${body.data.code} with status ${answer.statusCode}`
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after.keys()].filter((table) => before.get(table) !== after.get(table))
}

/** Sends a batch that changed something again, one by one. */
async function findCulprit(batch: readonly HostileRequest[], mayChange: readonly string[]): Promise<string> {
  for (const request of batch) {
    const before = await digest.read()
    await send(request)
    const tables = changed(before, await digest.read()).filter((table) => !mayChange.includes(table))
    if (tables.length > 0) return `changed ${tables.join(', ')}: ${describeRequest(request)}`
  }
  return `changed something, but not again: ${batch.map(({ why, method, url }) => `${why}: ${method} ${url.slice(0, 120)}`).join('; ')}`
}

/** Refused as a whole, or answered with a verdict that is not `applied`. */
async function pushUnreadable(request: HostileRequest): Promise<string | undefined> {
  const answer = await ask(request)
  if (answer.statusCode === 400) return ErrorBody.safeParse(parse(answer.body)).success ? undefined : 'no error body'
  const results = PushAnswer.safeParse(parse(answer.body)).data?.results
  const verdict = results?.[0]
  if (answer.statusCode === 200 && results?.length === 1 && verdict?.status !== 'applied' && verdict?.code != null)
    return undefined
  return `status ${answer.statusCode} ${answer.body.slice(0, 200)}`
}

/** Sends all, batch by batch; what was wrong with the first few. */
async function findFailures(
  requests: readonly HostileRequest[],
  trySend: (request: HostileRequest) => Promise<string | undefined>,
  mayChange: readonly string[],
): Promise<string[]> {
  const failures: string[] = []
  const before = await digest.read()
  for (let at = 0; at < requests.length && failures.length < 5; at += BATCH) {
    const batch = requests.slice(at, at + BATCH)
    const answers = await Promise.all(batch.map(trySend))
    for (const [i, request] of batch.entries()) {
      const wrong = answers[i]
      if (wrong !== undefined) failures.push(`request ${at + i}: ${wrong}\n  ${describeRequest(request)}`)
    }
    const tables = changed(before, await digest.read()).filter((table) => !mayChange.includes(table))
    if (tables.length === 0) continue
    const culprit = await findCulprit(batch, mayChange)
    return [...failures, `requests ${at} to ${at + BATCH - 1} changed ${tables.join(', ')}: ${culprit}`]
  }
  return failures
}

test(
  `${REQUESTS} malformed requests: each is refused with its code and changes nothing (seed ${SEED})`,
  async () => {
    const requests = fc.sample(hostileRequests(world), { numRuns: REQUESTS, seed: SEED })
    const failures = await findFailures(requests, send, [])
    expect(failures.join('\n'), `seed ${SEED}`).toBe('')
  },
  TIMEOUT_MS,
)

test(
  `${MUTATIONS} mutations that cannot be applied: each gets its verdict, and only the record of it is kept (seed ${SEED})`,
  async () => {
    const requests = fc.sample(unreadableMutations(world), { numRuns: MUTATIONS, seed: SEED })
    const failures = await findFailures(requests, pushUnreadable, VERDICT_TABLES)
    expect(failures.join('\n'), `seed ${SEED}`).toBe('')
  },
  TIMEOUT_MS,
)

test.each<[string, Role, (world: HostileWorld) => object]>([
  ['sync.import', 'practice_admin', ({ imported, theirs }) => ({ ...imported, personId: theirs.personId })],
  ['sync.import', 'clinician', ({ imported }) => imported],
  ['sync.push', 'it_admin', ({ pushed }) => pushed],
  ['sync.push', 'clinician', ({ pushed, colleaguesClient }) => ({ ...pushed, clientId: colleaguesClient })],
  ['read.record', 'staff', ({ pushed, session }) => onlyOne(pushed, mutationOf(1, newRead(session.sessionId)))],
  [
    'patient.change',
    'staff',
    ({ pushed, patient }) => {
      const args = { patientId: patient.id, set: { currentStage: 9 } }
      return onlyOne(pushed, mutationOf(1, args, { name: 'patient.change', base: { currentStage: 1 } }))
    },
  ],
  [
    'parked.resolve',
    'clinician',
    ({ pushed, someonesParked }) =>
      onlyOne(pushed, mutationOf(1, resolutionOf(someonesParked), { name: 'parked.resolve' })),
  ],
  ['sync.unknown-mutation', 'staff', ({ pushed }) => onlyOne(pushed, mutationOf(1, {}, { name: 'read.forget' }))],
])('a refused %s of a %s leaves one entry in the audit log', async (action, role, bodyOf) => {
  const [before] = await world.listDenied(1)
  const address = action === 'sync.import' ? 'import' : 'push'
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${world.tokens.get(role)}` }
  const payload = JSON.stringify(bodyOf(world))
  await world.app.inject({ method: 'POST', url: `/api/v1/sync/${address}`, headers, payload })
  const [newest, second] = await world.listDenied(2)
  expect(newest?.action).toBe(action)
  expect(second?.seq).toBe(before?.seq)
})

const onlyOne = (pushed: PushRequest, mutation: MutationEnvelope) => ({
  ...pushed,
  clientId: uuidV7(),
  mutations: [mutation],
})
