import { z } from 'zod'
import { ClientId, MutationId } from '../domain/ids.ts'
import { ERROR_CODES } from '../errors.ts'
import { PersonId } from '../domain/ids.ts'
import { EpochMs } from '../domain/time.ts'
import { type EntityName, EntityNameSchema } from './entities.ts'

export const MAX_PUSH_MUTATIONS = 100
export const MAX_PUSH_BYTES = 1024 * 1024
export const MAX_PULL_OPS = 1000
export const MAX_BOOTSTRAP_ROWS = 5000

export const MutationEnvelope = z.strictObject({
  /** UUID v7 chosen by the workstation once and reused on every retry, so that the server applies it once. */
  id: MutationId,
  /** Position in this workstation's outbox, from 1. Gapless; the server refuses to skip one. */
  clientSeq: z.int().positive(),
  /** A name of MUTATIONS; an unknown one is parked, not refused, so the queue never blocks. */
  name: z.string().max(60),
  version: z.int().positive(),
  /** Parsed by the mutation's own schema; malformed arguments park this mutation alone. */
  args: z.unknown(),
  /** Values that the change was made on, per field; empty for appends. */
  base: z.record(z.string(), z.unknown()),
  /** The workstation's clock when a person confirmed an instruction that had waited for over 24 hours. */
  confirmedAtMs: EpochMs.optional(),
})
export type MutationEnvelope = z.infer<typeof MutationEnvelope>

export const PushRequest = z.strictObject({
  protocol: z.int().positive(),
  clientId: ClientId,
  mutations: z.array(MutationEnvelope).min(1).max(MAX_PUSH_MUTATIONS),
})
export type PushRequest = z.infer<typeof PushRequest>

export const MutationResult = z.strictObject({
  id: MutationId,
  clientSeq: z.int().positive(),
  /** `rejected` and `parked` are final verdicts: they are remembered, and the sequence advances past them. */
  status: z.enum(['applied', 'rejected', 'parked']),
  code: z.enum(ERROR_CODES).nullable(),
  /** The practice's feed position that shows the change; null when nothing was written to the feed. */
  feedSeq: z.int().nonnegative().nullable(),
})
export type MutationResult = z.infer<typeof MutationResult>

export const PushAnswer = z.strictObject({ results: z.array(MutationResult) })
export type PushAnswer = z.infer<typeof PushAnswer>

/** `<epoch>.<seq>`: everything up to `seq` of that epoch was applied. `0.0` asks for everything. */
export const Cursor = z.string().regex(/^\d{1,9}\.\d{1,15}$/)
export type Cursor = z.infer<typeof Cursor>

export const FeedOp = z.strictObject({
  seq: z.int().positive(),
  entity: EntityNameSchema,
  id: z.uuid(),
  /** `noop` stands for a row that this user may not see, so that the gap check still holds. */
  op: z.enum(['put', 'del', 'noop']),
  /** A body of ENTITIES[entity] for `put`, else null. */
  body: z.unknown(),
  /** The mutation that caused it, so that a workstation can drop its own overlay; null for the server's own. */
  mutationId: MutationId.nullable(),
})
export type FeedOp = z.infer<typeof FeedOp>

export const PullAnswer = z.strictObject({
  epoch: z.int().nonnegative(),
  /** First and last position of this page; `to = from - 1` when it is empty. */
  from: z.int().positive(),
  to: z.int().nonnegative(),
  ops: z.array(FeedOp).max(MAX_PULL_OPS),
  more: z.boolean(),
  minSeq: z.int().nonnegative(),
  protocol: z.int().positive(),
})
export type PullAnswer = z.infer<typeof PullAnswer>

/** One row as it stands now; `seq` is the feed position that made it so. */
export const BootstrapRow = z.strictObject({
  id: z.uuid(),
  seq: z.int().positive(),
  /** A body of ENTITIES[entity]. */
  body: z.unknown(),
})
export type BootstrapRow = z.infer<typeof BootstrapRow>

/**
 * One page of a fresh copy, by key. The first answer's `seq` is where pulling starts once every entity has been paged:
 * rows that change meanwhile come again with the feed. Another `epoch` than the first answer's: begin again.
 */
export const BootstrapAnswer = z.strictObject({
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  rows: z.array(BootstrapRow).max(MAX_BOOTSTRAP_ROWS),
  /** `after` of the next page; null when this entity is done. */
  next: z.uuid().nullable(),
  /** How many rows of each entity there are, for progress; on an entity's first page only. */
  totals: z.partialRecord(EntityNameSchema, z.int().nonnegative()).nullable(),
  protocol: z.int().positive(),
})
export type BootstrapAnswer = z.infer<typeof BootstrapAnswer>

/** Count, and SHA-256 in hex over the lines `<id>:<seq>\n` of one entity's rows in the order of their ids. */
export const EntityDigest = z.strictObject({
  entity: EntityNameSchema,
  count: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})
export type EntityDigest = z.infer<typeof EntityDigest>

export const DigestAnswer = z.strictObject({
  epoch: z.int().nonnegative(),
  seq: z.int().nonnegative(),
  /** Of the rows at exactly the asked cursor; null when the feed has moved on: pull, then ask again. */
  digests: z.array(EntityDigest).nullable(),
  protocol: z.int().positive(),
})
export type DigestAnswer = z.infer<typeof DigestAnswer>

/** Unsent work of one person that an administrator brings from another workstation. */
export const ImportOutboxRequest = z.strictObject({
  protocol: z.int().positive(),
  /** Made for the export: its sequence starts at 1. */
  clientId: ClientId,
  personId: PersonId,
  exportedAtMs: EpochMs,
  mutations: z.array(MutationEnvelope).min(1).max(MAX_PUSH_MUTATIONS),
})
export type ImportOutboxRequest = z.infer<typeof ImportOutboxRequest>

/** The line of one row in a digest; the same text on both sides. */
export function digestLine(id: string, seq: number): string {
  return `${id}:${seq}\n`
}

/**
 * The order in which a fresh copy is fetched: a scan comes after all that is said about it, so that it never stands in
 * a queue as unread while a colleague's read of it is still on the way.
 */
export const BOOTSTRAP_ORDER = [
  'practice',
  'person',
  'patient',
  'practice_rules',
  'goal',
  'question',
  'second_read',
  'read',
  'action',
  'session',
] as const satisfies readonly EntityName[]

export function cursorOf(epoch: number, seq: number): Cursor {
  return `${epoch}.${seq}`
}

export function parseCursor(cursor: Cursor): { epoch: number; seq: number } {
  const [epoch, seq] = cursor.split('.').map(Number)
  return { epoch: epoch ?? 0, seq: seq ?? 0 }
}
