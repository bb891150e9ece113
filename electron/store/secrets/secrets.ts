import { z } from 'zod'
import { Person, Practice } from '../../../server/contract/domain/people.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** Who is signed in here. Tokens never leave the data process. */
export const SignedIn = z.strictObject({
  person: Person,
  practice: Practice,
  demo: z.boolean(),
  tokens: z.strictObject({
    access: z.string(),
    /** This workstation's clock. */
    accessExpiresAtMs: z.int(),
    refresh: z.string().nullable(),
  }),
})
export type SignedIn = z.infer<typeof SignedIn>

export function findSignedIn(db: ReadDb): SignedIn | undefined {
  const row = sql<{ value: string }>(db, `SELECT value FROM secret WHERE name = 'signed-in'`).get()
  return row === undefined ? undefined : SignedIn.parse(JSON.parse(row.value))
}

export function saveSignedIn(tx: WriteTx, signedIn: SignedIn): void {
  sql(
    tx,
    `INSERT INTO secret (name, value) VALUES ('signed-in', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  ).run(JSON.stringify(signedIn))
}

export function dropSignedIn(tx: WriteTx): void {
  sql(tx, `DELETE FROM secret WHERE name = 'signed-in'`).run()
}
