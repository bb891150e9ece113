import { v7 } from 'uuid'
import path from 'node:path'
import type { Clinician } from './clinician.ts'
import type { Ledger } from './ledger.ts'
import { openKeyed } from './store-file.ts'

/** A torture that cannot fail proves nothing: its own test does one of these and expects to be told. */

/** While the workstation is dead, its newest unsent decision goes from the file. @returns whether there was one */
export function loseRow(clinician: Pick<Clinician, 'dataDir' | 'key'>): boolean {
  const db = openKeyed(path.join(clinician.dataDir, 'store.db'), clinician.key)
  try {
    const newest = `SELECT mutation_id FROM outbox WHERE name = 'read.record' ORDER BY position DESC LIMIT 1`
    const mutationId = db.prepare(newest).pluck().get()
    if (mutationId === undefined) return false
    db.pragma('foreign_keys = OFF')
    for (const table of ['overlay', 'outbox']) db.prepare(`DELETE FROM ${table} WHERE mutation_id = ?`).run(mutationId)
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
