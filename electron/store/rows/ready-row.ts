import type { Patient } from '../../../server/contract/domain/patients.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { ENTITIES, type EntityBody, type EntityName } from '../../../server/contract/sync/entities.ts'
import { fold } from '../fold.ts'
import { shortHashesOf } from '../photos/hashes.ts'
import { keptOf } from '../queue/session-brief.ts'
import { packScan } from '../sessions/packed-scan.ts'

type Columns = {
  readonly practice: object
  readonly person: { readonly displayName: string }
  readonly patient: { readonly doctorId: string | null; readonly search: string }
  readonly session: {
    readonly patientId: string
    readonly capturedOn: string
    readonly submittedAtMs: number
    /** JSON of what the queue shows of it besides these. */
    readonly brief: string
    /** Of its usable photos, by {@link shortHashesOf}: made in the thread that reads, they come over flat and short. */
    readonly photos: readonly string[]
  }
  readonly practice_rules: object
  readonly goal: { readonly patientId: string }
  readonly question: { readonly sessionId: string }
  readonly second_read: { readonly sessionId: string }
  readonly read: { readonly sessionId: string }
  readonly action: {
    readonly sessionId: string
    readonly readId: string
    readonly isLost: boolean
    /** The action whose place it took. */
    readonly correctsId: string | null
    readonly recordedAtMs: number
  }
}

/** A row of the server as it goes into the store: checked by its schema, as text, with what its table is searched by. */
export type ReadyRow<N extends EntityName = EntityName> = {
  [E in N]: { readonly entity: E; readonly id: string; readonly seq: number } & Columns[E] &
    (E extends 'session' ? { readonly packed: Uint8Array } : { readonly body: string })
}[N]

export type IncomingRow = {
  readonly entity: EntityName
  readonly id: string
  readonly seq: number
  readonly body: unknown
}

/** @throws AppError `server.unreachable` for a body that its schema does not know, or of another row */
export function readyRow({ entity, id, seq, body }: IncomingRow): ReadyRow {
  const parsed = ENTITIES[entity].safeParse(body)
  if (!parsed.success)
    throw new AppError('server.unreachable', { reason: 'feed-body', seq, entity }, { cause: parsed.error })
  const { data } = parsed
  const ownId = entity === 'read' ? (data as EntityBody<'read'>).readId : (data as { readonly id: string }).id
  if (ownId !== id) throw new AppError('server.unreachable', { reason: 'feed-id', seq, entity })
  // The schema of `entity` has just made this body; the table pairs each with its own columns.
  const columns = (COLUMNS[entity] as (body: unknown) => object)(data)
  const text = JSON.stringify(data)
  return {
    entity,
    id,
    seq,
    ...(entity === 'session' ? { packed: packScan(text) } : { body: text }),
    ...columns,
  } as ReadyRow
}

const COLUMNS: { readonly [N in EntityName]: (body: EntityBody<N>) => Columns[N] } = {
  practice: () => ({}),
  person: ({ displayName }) => ({ displayName }),
  patient: (patient) => ({ doctorId: patient.doctorId, search: searchOf(patient) }),
  session: (session) => ({
    patientId: session.patientId,
    capturedOn: session.capturedOn,
    submittedAtMs: session.submittedAtMs,
    brief: JSON.stringify(keptOf(session)),
    photos: shortHashesOf(session),
  }),
  practice_rules: () => ({}),
  goal: ({ patientId }) => ({ patientId }),
  question: ({ sessionId }) => ({ sessionId }),
  second_read: ({ sessionId }) => ({ sessionId }),
  read: ({ sessionId }) => ({ sessionId }),
  action: ({ sessionId, readId, outcome, corrects, recordedAtMs }) => ({
    sessionId,
    readId,
    isLost: outcome === 'would_have_done',
    correctsId: outcome === 'would_have_done' ? null : (corrects?.actionId ?? null),
    recordedAtMs: recordedAtMs ?? 0,
  }),
}

/** What a patient is found by. */
export function searchOf({ familyName, givenName, reference }: Patient): string {
  return fold(`${familyName} ${givenName} ${reference}`)
}
