import type { Handlers } from '../../preload/contract/ipc.ts'
import type { OutboxFile } from '../../preload/contract/outbox-file.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { z } from 'zod'
import { exportOutbox } from '../outbox-file/export-outbox.ts'
import { importOutbox } from '../outbox-file/import-outbox.ts'
import { openOutbox } from '../outbox-file/sealed-file.ts'
import { listStale, selectAll, selectFresh } from '../outbox-file/selection.ts'
import type { Clock } from '../platform/clock.ts'
import { type ReadDb, write } from '../store/db.ts'
import { saveBrought } from '../store/outbox/brought.ts'
import { markExported } from '../store/outbox/unsent.ts'
import { hasServerRead } from '../store/reads/has-server-read.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

/** Unsent work leaves by file where it cannot leave by itself, and an administrator brings it in elsewhere. */
export function outboxFileHandlers(workstation: Workstation, clock: Clock) {
  return {
    'outbox.export': async ({ passphrase }) => {
      const { db, account } = openFor(workstation)
      const nowMs = clock.nowMs()
      write(db, (tx) => markExported(tx, account.person.id, nowMs))
      return exportOutbox(db, account, passphrase, nowMs)
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

function inForce(db: ReadDb): (readId: string) => boolean {
  return (readId) => hasServerRead(db, readId)
}
