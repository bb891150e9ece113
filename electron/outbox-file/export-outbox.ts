import type { ExportedOutbox } from '../../preload/contract/outbox-file.ts'
import type { Database } from 'better-sqlite3'
import type { Person } from '../../server/contract/domain/people.ts'
import { AppError } from '../../server/contract/errors.ts'
import { write } from '../store/db.ts'
import { listUnsent, markExported, type UnsentRow } from '../store/outbox/unsent.ts'
import type { SignedIn } from '../store/secrets/secrets.ts'
import { v7 } from 'uuid'
import { OutboxContents } from './contents.ts'
import { fitInFile } from './fit-in-file.ts'
import { sealOutbox } from './sealed-file.ts'

/**
 * A copy: everything stays in the outbox, and what arrives by both ways is applied once; but nothing of it can be taken
 * back any more. Needs no server.
 * @throws AppError `not-found` when this person has nothing unsent; `input.too-large` for more than a file may hold
 */
export async function exportOutbox(
  db: Database,
  { person, practice }: Pick<SignedIn, 'practice'> & { readonly person: Pick<Person, 'id' | 'displayName'> },
  passphrase: string,
  nowMs: number,
): Promise<ExportedOutbox> {
  const rows = write(db, (tx) => {
    markExported(tx, person.id, nowMs)
    return listUnsent(tx, person.id)
  })
  if (rows.length === 0) throw new AppError('not-found')
  const held = fitInFile(rows.map(mutationOf))
  const contents = OutboxContents.parse({
    practiceId: practice.id,
    practiceName: practice.name,
    person: { id: person.id, displayName: person.displayName },
    clientId: v7(),
    exportedAtMs: nowMs,
    mutations: held.map((mutation, index) => ({ ...mutation, clientSeq: index + 1 })),
  })
  const day = new Date(nowMs).toISOString().slice(0, 10)
  return {
    fileName: `loupe-unsent-${day}.loupe`,
    bytes: new Uint8Array(await sealOutbox(contents, passphrase)),
    count: held.length,
    leftOutCount: rows.length - held.length,
  }
}

function mutationOf(row: UnsentRow) {
  return {
    id: row.mutationId,
    name: row.name,
    version: row.version,
    args: JSON.parse(row.args) as unknown,
    base: JSON.parse(row.base) as unknown,
    queuedAtMs: row.queuedAtMs,
    ...(row.confirmedAtMs !== null && { confirmedAtMs: row.confirmedAtMs }),
  }
}
