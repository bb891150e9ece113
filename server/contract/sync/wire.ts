import { z } from 'zod'
import { ClientId, MutationId } from '../domain/ids.ts'
import { ERROR_CODES } from '../errors.ts'
import { EntityNameSchema } from './entities.ts'

export const MAX_PUSH_MUTATIONS = 100
export const MAX_PUSH_BYTES = 1024 * 1024
export const MAX_PULL_OPS = 1000

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

export function cursorOf(epoch: number, seq: number): Cursor {
  return `${epoch}.${seq}`
}

export function parseCursor(cursor: Cursor): { epoch: number; seq: number } {
  const [epoch, seq] = cursor.split('.').map(Number)
  return { epoch: epoch ?? 0, seq: seq ?? 0 }
}
