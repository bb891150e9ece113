import { sql } from 'kysely'
import type { ClientId, MutationId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import { AppError } from '../../contract/errors.ts'
import type { MutationEnvelope, MutationResult } from '../../contract/sync/wire.ts'
import type { PracticeTx } from '../../platform/database/database.ts'

export type Clock = { readonly seq: number; readonly epoch: number; readonly minSeq: number }

export async function findClock(tx: PracticeTx, practiceId: PracticeId): Promise<Clock | undefined> {
  return tx
    .selectFrom('practice_clock')
    .select(['seq', 'epoch', 'min_seq as minSeq'])
    .where('practice_id', '=', practiceId)
    .executeTakeFirst()
}

type Client = { readonly personId: string; readonly lastClientSeq: number }

type Known = { readonly client: Client; readonly seen: Verdict | undefined }

/**
 * Locks the workstation's row, which is made at its first push: pushes of one workstation happen one after another.
 * With what was decided about the mutation before, if anything; and, when its number is the workstation's next one, the
 * sequence moves on. All before any savepoint: a row that is locked outside of a savepoint and changed inside costs
 * PostgreSQL a shared lock record.
 */
export async function takeNumber(
  tx: PracticeTx,
  practiceId: PracticeId,
  client: { clientId: ClientId; personId: PersonId; nowMs: number },
  mutation: Numbered,
): Promise<Known> {
  const known = await takeOfKnown(tx, practiceId, client, mutation)
  if (known !== undefined) return known
  await tx
    .insertInto('sync_client')
    .values({
      practice_id: practiceId,
      client_id: client.clientId,
      person_id: client.personId,
      last_client_seq: 0,
      created_at_ms: client.nowMs,
      heard_at_ms: client.nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const made = await takeOfKnown(tx, practiceId, client, mutation)
  // Pruned between the two statements: sent again, it is made anew.
  if (made === undefined) throw new AppError('server.busy')
  return made
}

/** The two statements go out together; the second sees what stands once the first has its lock. */
async function takeOfKnown(
  tx: PracticeTx,
  practiceId: PracticeId,
  { clientId, nowMs }: { clientId: ClientId; nowMs: number },
  { id, clientSeq }: Numbered,
): Promise<Known | undefined> {
  const locked = tx
    .selectFrom('sync_client')
    .select(['person_id as personId', 'last_client_seq as lastClientSeq'])
    .where('practice_id', '=', practiceId)
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirst()
  const moved = sql<Verdict>`
    with moved as (
      update sync_client set last_client_seq = ${clientSeq}, heard_at_ms = ${nowMs}
       where practice_id = ${practiceId} and client_id = ${clientId} and last_client_seq = ${clientSeq} - 1
    )
    select status, code, feed_seq as "feedSeq" from mutation_result
     where practice_id = ${practiceId} and mutation_id = ${id}`.execute(tx)
  const [client, { rows }] = await Promise.all([locked, moved])
  return client === undefined ? undefined : { client, seen: rows[0] }
}

type Numbered = { readonly id: MutationId; readonly clientSeq: number }
export type Verdict = Pick<MutationResult, 'status' | 'code' | 'feedSeq'>

/**
 * @throws AppError `server.busy` when the same mutation was decided under another client id since this transaction
 *   looked (an old request that was still under way): nothing of this one stays, and sent again it is recognised
 */
export async function insertResult(
  tx: PracticeTx,
  practiceId: PracticeId,
  clientId: ClientId,
  result: MutationResult & { readonly nowMs: number },
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('mutation_result')
    .values({
      practice_id: practiceId,
      client_id: clientId,
      client_seq: result.clientSeq,
      mutation_id: result.id,
      status: result.status,
      code: result.code,
      feed_seq: result.feedSeq,
      at_ms: result.nowMs,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw new AppError('server.busy', { reason: 'decided-meanwhile' })
}

/** Keeps a change that was not applied, with all its arguments, until a person has looked at it. */
export async function insertParked(
  tx: PracticeTx,
  practiceId: PracticeId,
  parked: {
    mutation: MutationEnvelope
    clientId: ClientId
    personId: PersonId
    code: NonNullable<MutationResult['code']>
    nowMs: number
  },
): Promise<void> {
  const { mutation } = parked
  await tx
    .insertInto('parked_mutation')
    .values({
      practice_id: practiceId,
      mutation_id: mutation.id,
      client_id: parked.clientId,
      client_seq: mutation.clientSeq,
      person_id: parked.personId,
      name: mutation.name.replaceAll('\0', '').toWellFormed(), // a text column holds neither NUL nor half a pair
      version: Math.min(mutation.version, 2 ** 31 - 1),
      args: JSON.stringify(mutation.args ?? null),
      base: JSON.stringify(mutation.base),
      code: parked.code,
      parked_at_ms: parked.nowMs,
    })
    .execute()
}
