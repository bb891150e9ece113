import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { findChecks, saveCheck, trimChecks } from '../store/compare/photo-checks.ts'
import { findPairs, saveAlignment, saveNudge, trimPairs } from '../store/compare/photo-pairs.ts'
import { write, writeIfRoom, type WriteTx } from '../store/db.ts'
import { listWaitingInstructions, releaseUpTo } from '../store/outbox/grace.ts'
import { findPerson, listActivePeople } from '../store/people/people.ts'
import { findKnownPhoto } from '../store/photos/known.ts'
import { openFor } from './open-for.ts'
import type { Opened } from './opened.ts'
import type { Workstation } from './workstation.ts'

/** Counting what is kept takes some milliseconds: not at every one. */
const TRIM_EVERY = 500

/** The case on screen and who else has it open. */
export function onScreenHandlers(workstation: Workstation) {
  return {
    'review.onScreen': async ({ sessionId }) => {
      const opened = openFor(workstation)
      opened.presence.show(sessionId)
      releaseSeenBefore(opened, opened.account.person.id, sessionId)
      return null
    },
    'review.presence': async () => {
      const { db, presence } = openFor(workstation)
      return presence.list().flatMap(({ sessionId, personId, sinceMs }) => {
        const name = findPerson(db, personId)?.displayName
        return name === undefined ? [] : [{ sessionId, name, sinceMs }] // somebody whom the feed has not brought yet
      })
    },
    'people.list': async () => listActivePeople(openFor(workstation).db),
  } satisfies Partial<Handlers>
}

/** With the second next case a decision leaves, and with it all before it. */
function releaseSeenBefore({ db, grace, casesSince, sync }: Opened, personId: string, sessionId: string | null): void {
  const waiting = listWaitingInstructions(db, personId, grace.nowMs())
  const last = casesSince.opened(sessionId, waiting).at(-1)
  if (last === undefined) return
  write(db, (tx) => releaseUpTo(tx, personId, last.position))
  sync.queued()
}

/** What the window worked out about photos, kept so that it need not again. */
export function compareHandlers(workstation: Workstation, clock: Clock) {
  const count = { saved: 0 }
  /** It can be worked out again: on a full disk it is not kept, and nobody is troubled with that. */
  const keep = (db: Opened['db'], save: (tx: WriteTx) => void) => {
    count.saved += 1
    try {
      writeIfRoom(db, (tx) => {
        save(tx)
        if (count.saved % TRIM_EVERY === 1) {
          trimPairs(tx)
          trimChecks(tx)
        }
      })
    } catch (cause) {
      if (!(cause instanceof AppError) || !cause.code.startsWith('store.')) throw cause
    }
  }
  const isHere = (db: Opened['db'], hash: string) => findKnownPhoto(db, { hash, size: 'original' }) !== undefined
  return {
    'align.find': async (pairs) => findPairs(openFor(workstation).db, pairs),
    'align.save': async (alignment) => {
      const { db } = openFor(workstation)
      const { current, prior } = alignment.pair
      // Worked out while the scan was withdrawn: nothing of its photos stays.
      if (isHere(db, current) && isHere(db, prior)) keep(db, (tx) => saveAlignment(tx, alignment, clock.nowMs()))
      return null
    },
    'align.nudge': async (nudge) => {
      const { db } = openFor(workstation)
      const { current, prior } = nudge.pair
      if (isHere(db, current) && isHere(db, prior)) write(db, (tx) => saveNudge(tx, nudge, clock.nowMs()))
      return null
    },
    'checks.find': async (hashes) => findChecks(openFor(workstation).db, hashes),
    'checks.save': async (check) => {
      const { db } = openFor(workstation)
      if (isHere(db, check.hash)) keep(db, (tx) => saveCheck(tx, check, clock.nowMs()))
      return null
    },
  } satisfies Partial<Handlers>
}
