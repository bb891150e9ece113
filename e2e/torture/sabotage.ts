import { v7 } from 'uuid'
import path from 'node:path'
import type { Clinician } from './clinician.ts'
import type { Ledger } from './ledger.ts'
import { openKeyed } from './store-file.ts'

/** A torture that cannot fail proves nothing: its own test does one of these and expects to be told. */

/** While the workstation is dead, one acknowledged decision that has not left yet goes from the file. @returns whether there was one */
export function loseRow({ dataDir, key }: Pick<Clinician, 'dataDir' | 'key'>, ledger: Ledger): boolean {
  const db = openKeyed(path.join(dataDir, 'store.db'), key)
  try {
    const unsent = `SELECT mutation_id, args ->> 'readId' FROM outbox WHERE name = 'read.record' AND state = 'pending'`
    const rows = db.prepare<[], [string, string]>(unsent).raw().all()
    const found = rows.findLast(([, readId]) => ledger.acknowledged.has(readId))
    if (found === undefined) return false
    db.pragma('foreign_keys = OFF')
    for (const table of ['overlay', 'outbox']) db.prepare(`DELETE FROM ${table} WHERE mutation_id = ?`).run(found[0])
    return true
  } finally {
    db.close()
  }
}

/** As if the workstation had answered and then been killed before its commit. */
export function answerBeforeCommit(ledger: Ledger, sessionId: string): void {
  const readId = v7()
  ledger.asked.set(readId, sessionId)
  ledger.acknowledged.add(readId)
}
