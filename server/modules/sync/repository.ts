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

export type Client = { readonly personId: string; readonly lastClientSeq: number }

/**
 * Locks the workstation's row, which is made at its first push: pushes of one workstation happen one after another.
 */
export async function lockClient(
  tx: PracticeTx,
  practiceId: PracticeId,
  client: { clientId: ClientId; personId: PersonId; nowMs: number },
): Promise<Client> {
  const known = await lockKnown(tx, practiceId, client.clientId)
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
  const made = await lockKnown(tx, practiceId, client.clientId)
  // Pruned between the two statements: sent again, it is made anew.
  if (made === undefined) throw new AppError('server.busy')
  return made
}

function lockKnown(tx: PracticeTx, practiceId: PracticeId, clientId: ClientId): Promise<Client | undefined> {
  return tx
    .selectFrom('sync_client')
    .select(['person_id as personId', 'last_client_seq as lastClientSeq'])
    .where('practice_id', '=', practiceId)
    .where('client_id', '=', clientId)
    .forUpdate()
    .executeTakeFirst()
}

export type Verdict = Pick<MutationResult, 'status' | 'code' | 'feedSeq'>

/** What was decided about a mutation before, under whichever client id. */
export function findVerdict(tx: PracticeTx, practiceId: PracticeId, id: MutationId): Promise<Verdict | undefined> {
  return tx
    .selectFrom('mutation_result')
    .select(['status', 'code', 'feed_seq as feedSeq'])
    .where('practice_id', '=', practiceId)
    .where('mutation_id', '=', id)
    .executeTakeFirst()
}

/** A verdict that was known already: the workstation's sequence moves on all the same. */
export async function saveNumber(
  tx: PracticeTx,
  practiceId: PracticeId,
  clientId: ClientId,
  { clientSeq, nowMs }: { readonly clientSeq: number; readonly nowMs: number },
): Promise<void> {
  await tx
    .updateTable('sync_client')
    .set({ last_client_seq: clientSeq, heard_at_ms: nowMs })
    .where('practice_id', '=', practiceId)
    .where('client_id', '=', clientId)
    .execute()
}

/**
 * Keeps a refusal, and with it the workstation's sequence moves on; what is applied `closeChange` keeps.
 * @returns false when the same mutation was decided before, under whichever client id (another installation of the same
 *   outbox, or an old request that was still under way): nothing of this one may stay
 */
export async function insertResult(
  tx: PracticeTx,
  practiceId: PracticeId,
  clientId: ClientId,
  { id, clientSeq, status, code, feedSeq, nowMs }: MutationResult & { readonly nowMs: number },
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    with moved as (
      update sync_client set last_client_seq = ${clientSeq}, heard_at_ms = ${nowMs}
       where practice_id = ${practiceId} and client_id = ${clientId}
    )
    insert into mutation_result (practice_id, client_id, client_seq, mutation_id, status, code, feed_seq, at_ms)
    values (${practiceId}, ${clientId}, ${clientSeq}, ${id}, ${status}, ${code}, ${feedSeq}, ${nowMs})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
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
