import { createHash } from 'node:crypto'
import { ClientId } from '../../server/contract/domain/ids.ts'
import { MUTATIONS } from '../../server/contract/sync/mutations.ts'
import { MutationEnvelope } from '../../server/contract/sync/wire.ts'
import { instructsPatient, isStale } from '../store/outbox/instruction.ts'
import type { ExportedMutation, OutboxContents } from './contents.ts'

/** What of an export is sent, under which client id. */
export type Selection = { readonly clientId: ClientId; readonly mutations: readonly MutationEnvelope[] }

/**
 * Instructions to patients that are too old to be sent unasked.
 * @param isInForce the feed has brought this read already: there is nothing left to ask
 */
export function listStale(
  contents: OutboxContents,
  nowMs: number,
  isInForce: (readId: string) => boolean,
): ExportedMutation[] {
  return contents.mutations.filter((mutation) => {
    const { readId, instructs } = readingOf(mutation)
    if (!instructs || (readId !== undefined && isInForce(readId))) return false
    return isStale(mutation.confirmedAtMs ?? mutation.queuedAtMs, nowMs)
  })
}

/** Everything, the old instructions confirmed by whoever brings them. */
export function selectAll(contents: OutboxContents, stale: readonly ExportedMutation[], nowMs: number): Selection {
  const asked = new Set(stale.map(({ id }) => id))
  const confirmed = contents.mutations.map((mutation) =>
    asked.has(mutation.id) ? { ...mutation, confirmedAtMs: nowMs } : mutation,
  )
  return numbered(contents.clientId, confirmed)
}

/** Without old instructions, and without what came after one on the same subject and may build on it. */
export function selectFresh(contents: OutboxContents, stale: readonly ExportedMutation[]): Selection {
  const asked = new Set(stale.map(({ id }) => id))
  const waiting = new Set<string>()
  const fresh = contents.mutations.filter((mutation) => {
    const { subject } = readingOf(mutation)
    if (asked.has(mutation.id) && subject !== undefined) waiting.add(subject)
    return !asked.has(mutation.id) && (subject === undefined || !waiting.has(subject))
  })
  return numbered(contents.clientId, fresh)
}

/** The same selection always goes under the same id, and another one under another: each has numbers of its own. */
function numbered(clientId: ClientId, mutations: readonly ExportedMutation[]): Selection {
  return {
    clientId: idOfSelection(clientId, mutations),
    mutations: mutations.map((mutation, index) =>
      MutationEnvelope.strip().parse({ ...mutation, clientSeq: index + 1 }),
    ),
  }
}

function idOfSelection(clientId: ClientId, mutations: readonly ExportedMutation[]): ClientId {
  const text = [clientId, ...mutations.map(({ id }) => id)].join('\n')
  const hash = createHash('sha256').update(text).digest('hex')
  // The export's own time in front, as every client id has it; the rest is the hash, shaped as a version 7.
  return ClientId.parse(`${clientId.slice(0, 14)}7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`)
}

type Reading = { readonly subject?: string; readonly readId?: string; readonly instructs: boolean }

/** As far as this version knows the change; one that it cannot read is the server's to judge. */
function readingOf({ name, args }: ExportedMutation): Reading {
  if (name === 'read.record') {
    const read = MUTATIONS['read.record'].args.safeParse(args)
    if (!read.success) return { instructs: false }
    const { sessionId: subject, readId } = read.data
    return { subject, readId, instructs: instructsPatient('read.record', read.data) }
  }
  if (name !== 'patient.change') return { instructs: false }
  const change = MUTATIONS['patient.change'].args.safeParse(args)
  return change.success ? { subject: change.data.patientId, instructs: false } : { instructs: false }
}
