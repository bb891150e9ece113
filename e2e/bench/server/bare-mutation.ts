import { sql } from 'kysely'
import { v7 } from 'uuid'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import type { PersonPrincipal } from '../../../server/http/handler.ts'
import type { BenchServer } from './bench-server.ts'

const HASH = '0'.repeat(64)

/**
 * The floor: the rows that one decision leaves, as bare statements in one transaction on the same pool. No rule, no
 * look-up, no chain, no de-duplication; the practice's clock is locked as it must be, and the commit waits for the disk.
 */
export async function writeBare(server: BenchServer, caller: PersonPrincipal, args: RecordRead): Promise<void> {
  const { practiceId, personId } = caller
  const body = JSON.stringify({ ...args, readerId: personId, recordedAtMs: 1 })
  await server.database.inPractice(practiceId, async (tx) => {
    await sql`insert into read values (${practiceId}, ${args.readId}, ${args.sessionId}, ${personId}, 1, ${body})`.execute(
      tx,
    )
    await sql`insert into action select ${practiceId}, ${args.actionId}, session_id, patient_id, ${args.readId}, 'hold_aligner',
                ${JSON.stringify(args.action)}, ${personId}, 'won', 1
                from scan_session where practice_id = ${practiceId} and session_id = ${args.sessionId}`.execute(tx)
    await sql`update scan_session set review_state = 'reviewed'
               where practice_id = ${practiceId} and session_id = ${args.sessionId}`.execute(tx)
    const { rows } = await sql<{ seq: number }>`
      update practice_clock set seq = seq + 2 where practice_id = ${practiceId} returning seq`.execute(tx)
    const seq = rows[0]?.seq ?? 0
    // The clock's lock is held: numbers derived from it are nobody else's.
    await sql`insert into audit_entry values (${practiceId}, ${seq + 1_000_000_000}, 1, ${personId}, null, 'bare', 'done', '{}',
                ${HASH})`.execute(tx)
    await sql`insert into feed values (${practiceId}, ${seq - 1}, 'read', ${args.readId}, 'put', ${body}, null, 1),
                                      (${practiceId}, ${seq}, 'action', ${args.actionId}, 'put', ${body}, null, 1)`.execute(
      tx,
    )
    await sql`insert into feed_head values (${practiceId}, 'read', ${args.readId}, ${seq - 1}, 'put', 1),
                                           (${practiceId}, 'action', ${args.actionId}, ${seq}, 'put', 1)`.execute(tx)
    const client = v7()
    await sql`insert into sync_client values (${practiceId}, ${client}, ${personId}, 1, 1, 1)`.execute(tx)
    await sql`insert into mutation_result values (${practiceId}, ${client}, 1, ${v7()}, 'applied', null, ${seq}, 1)`.execute(
      tx,
    )
  })
}
