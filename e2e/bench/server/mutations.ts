import { v7 } from 'uuid'
import { ActionId, ClientId, MutationId, ReadId, SessionId } from '../../../server/contract/domain/ids.ts'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import { PROTOCOL_VERSION } from '../../../server/contract/protocol-version.ts'
import type { PersonPrincipal } from '../../../server/http/handler.ts'
import type { BenchServer } from './bench-server.ts'
import { writeBare } from './bare-mutation.ts'
import { type BenchPractice, listSessions } from './fill.ts'

/** A workstation that pushes one decision after the other. */
type Workstation = { readonly caller: PersonPrincipal; readonly clientId: ClientId; clientSeq: number }

/** Who pushes, and which sessions are still to be decided on, by practice. */
export type Pushers = {
  readonly workstations: readonly Workstation[]
  readonly sessions: ReadonlyMap<string, string[]>
}

export async function gatherPushers(server: BenchServer, practices: readonly BenchPractice[]): Promise<Pushers> {
  const sessions = new Map<string, string[]>()
  for (const { id } of practices) sessions.set(id, await listSessions(server.superuser, id))
  const workstations = practices.flatMap(({ clinicians }) =>
    clinicians.map((caller) => ({ caller, clientId: ClientId.parse(v7()), clientSeq: 0 })),
  )
  return { workstations, sessions }
}

/** The samples of one round: how many a second, and how long each took. */
export type Round = { readonly perSecond: number; readonly tookMs: readonly number[] }

/** All workstations at once, each with one request under way, for `forMs`. */
export async function pushFor(server: BenchServer, pushers: Pushers, forMs: number, bare: boolean): Promise<Round> {
  const tookMs: number[] = []
  const startMs = performance.now()
  await Promise.all(
    pushers.workstations.map(async (workstation) => {
      while (performance.now() - startMs < forMs) {
        const args = decisionOn(nextSession(pushers, workstation))
        const beganMs = performance.now()
        if (bare) await writeBare(server, workstation.caller, args)
        else await pushOne(server, workstation, args)
        tookMs.push(performance.now() - beganMs)
      }
    }),
  )
  return { perSecond: tookMs.length / ((performance.now() - startMs) / 1000), tookMs }
}

function nextSession(pushers: Pushers, { caller }: Workstation): SessionId {
  const id = pushers.sessions.get(caller.practiceId)?.pop()
  if (id === undefined) throw new Error('The bench has run out of sessions to decide on: fill more')
  return SessionId.parse(id)
}

async function pushOne(server: BenchServer, workstation: Workstation, args: RecordRead): Promise<void> {
  workstation.clientSeq += 1
  const { clientSeq, clientId, caller } = workstation
  const mutation = { id: MutationId.parse(v7()), clientSeq, name: 'read.record', version: 1, args, base: {} }
  const body = { protocol: PROTOCOL_VERSION, clientId, mutations: [mutation] }
  const { results } = await server.handlers['sync.push']({ body, params: undefined, query: undefined }, caller)
  if (results[0]?.status !== 'applied') throw new Error(`The bench's decision was ${results[0]?.status}`)
}

function decisionOn(sessionId: SessionId): RecordRead {
  return {
    readId: ReadId.parse(v7()),
    actionId: ActionId.parse(v7()),
    sessionId,
    sessionVersion: 1,
    overallTracking: 1,
    alignerFit: 2,
    oralHygiene: 1,
    aligners: 'in',
    detailTags: [{ code: 'unseat', teeth: [23], mm: 0.5 }],
    action: { kind: 'hold_aligner', days: 7 },
    notes: 'Attachment on 23 lost, seated otherwise.',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: 1_753_000_000_000,
  }
}
