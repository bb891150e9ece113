import type { Handlers } from '../../preload/contract/ipc.ts'
import type { OutboxFile } from '../../preload/contract/outbox-file.ts'
import { PersonId } from '../../server/contract/domain/ids.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { z } from 'zod'
import { exportOutbox } from '../outbox-file/export-outbox.ts'
import { importOutbox } from '../outbox-file/import-outbox.ts'
import { openOutbox } from '../outbox-file/sealed-file.ts'
import { listStale, selectAll, selectFresh } from '../outbox-file/selection.ts'
import type { Clock } from '../platform/clock.ts'
import { type ReadDb, write } from '../store/db.ts'
import { saveBrought } from '../store/outbox/brought.ts'
import { enqueue } from '../store/outbox/outbox.ts'
import { countUnsentByPerson } from '../store/outbox/unsent.ts'
import { displayNameOf } from '../store/people/people.ts'
import { hasServerRead } from '../store/reads/has-server-read.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

/** Unsent work leaves by file where it cannot leave by itself, and an administrator brings it in elsewhere. */
export function outboxFileHandlers(workstation: Workstation, clock: Clock) {
  return {
    'outbox.unsent': async () => {
      const { db, account } = openFor(workstation)
      const { id, displayName, roles } = account.person
      const all = countUnsentByPerson(db)
      const own = { personId: id, displayName, count: all.find(({ personId }) => personId === id)?.count ?? 0 }
      if (!roles.includes('practice_admin')) return [own]
      const others = all
        .filter(({ personId }) => personId !== id)
        .map((one) => ({ ...one, ...nameIn(db, one.personId) }))
      return [own, ...others]
    },
    'outbox.export': async ({ passphrase, personId }) => {
      const { db, account, sync } = openFor(workstation)
      const { practice } = account
      const isOwn = personId === undefined || personId === account.person.id
      if (!isOwn && !account.person.roles.includes('practice_admin')) throw new AppError('auth.denied')
      const nowMs = clock.nowMs()
      const { personId: id, displayName } = isOwn
        ? { ...account.person, personId: account.person.id }
        : nameIn(db, personId)
      const file = await exportOutbox(db, { practice, person: { id, displayName } }, passphrase, nowMs)
      const { count: changeCount, leftOutCount } = file
      const by = { personId: account.person.id, nowMs, notBeforeMs: 0 }
      const exported = { personId: id, changeCount, leftOutCount, atMs: nowMs }
      // Written down before anybody has the file; the server hears of it with the next contact.
      write(db, (tx) => enqueue(tx, 'access.record', { displayed: [], exported }, by))
      sync.queued()
      return file
    },
    'outbox.readExport': async (file) => {
      const { contents, stale } = await readFile(workstation, clock, file)
      return {
        authorName: contents.person.displayName,
        practiceName: contents.practiceName,
        exportedAtMs: contents.exportedAtMs,
        count: contents.mutations.length,
        staleCount: stale.length,
      }
    },
    'outbox.import': async ({ confirmStale, ...file }) => {
      const { contents, stale, opened } = await readFile(workstation, clock, file)
      const selection = confirmStale ? selectAll(contents, stale, clock.nowMs()) : selectFresh(contents, stale)
      const api = opened.session.apiOf(opened.account.person.id)
      const { refusals, ...imported } = await importOutbox(api, contents, selection)
      const [atMs, importer] = [clock.nowMs(), opened.account.person.id]
      write(opened.db, (tx) => refusals.forEach((refusal) => saveBrought(tx, importer, { ...refusal, atMs })))
      void opened.sync.now() // what was applied comes with the feed
      return imported
    },
  } satisfies Partial<Handlers>
}

/** @throws AppError `auth.denied` for anybody but an administrator, `outbox.unreadable`, `outbox.other-practice` */
async function readFile(workstation: Workstation, clock: Clock, file: z.output<typeof OutboxFile>) {
  const opened = openFor(workstation)
  const { account, db } = opened
  if (!account.person.roles.includes('practice_admin')) throw new AppError('auth.denied')
  const contents = await openOutbox(file.bytes, file.passphrase)
  if (contents.practiceId !== account.practice.id) throw new AppError('outbox.other-practice')
  return { opened, contents, stale: listStale(contents, clock.nowMs(), inForce(db)) }
}

function nameIn(db: ReadDb, id: string) {
  const personId = PersonId.parse(id)
  return { personId, displayName: displayNameOf(db, personId) }
}

function inForce(db: ReadDb): (readId: string) => boolean {
  return (readId) => hasServerRead(db, readId)
}
