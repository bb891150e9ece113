import { readFileSync } from 'node:fs'
import { Person } from '../../server/contract/domain/people.ts'
import { ScanSession } from '../../server/contract/domain/sessions.ts'
import { z } from 'zod'
import { decideLocally } from '../sync/decide.ts'
import { write } from './db.ts'
import { openStore } from './open.ts'
import { aDecision } from './testing.ts'

/** Started by a test, decides as fast as it can and says each acknowledged read, until it is killed. */
const Setup = z.object({ file: z.string(), key: z.string(), person: Person, session: ScanSession })
const { file, key, person, session } = Setup.parse(JSON.parse(readFileSync(0, 'utf8')))
const db = openStore(file, Buffer.from(key, 'hex'))
for (;;) {
  const args = aDecision(session, { notes: 'Mentions a Quillfeather twice' })
  write(db, (tx) => decideLocally(tx, args, { person, nowMs: 0 }))
  process.stdout.write(`${args.readId}\n`)
  write(db, (tx) => tx.prepare('DELETE FROM overlay WHERE read_id <> ?').run(args.readId)) // keeps each step cheap
}
