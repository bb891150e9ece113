import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import { SETTINGS, SettingValues } from '../../preload/contract/settings.ts'
import { SessionId } from '../../server/contract/domain/ids.ts'
import { mayDecide } from '../../server/contract/domain/roles.ts'
import type { Clock } from '../platform/clock.ts'
import { write } from '../store/db.ts'
import { saveDraft } from '../store/drafts/drafts.ts'
import { listImports } from '../store/imports/imports.ts'
import { enqueue } from '../store/outbox/outbox.ts'
import { searchPatients } from '../store/patients/patients.ts'
import { listQueueRows } from '../store/queue/queue-rows.ts'
import { getReviewCase } from '../store/review/review-case.ts'
import type { SignedIn } from '../store/secrets/secrets.ts'
import { getSettings, saveSetting } from '../store/settings/settings.ts'
import { decideLocally, findTakeBack, takeBackLocally } from '../sync/decide.ts'
import { attentionHandlers, patientHandlers } from './attention-handlers.ts'
import { compareHandlers, onScreenHandlers } from './case-handlers.ts'
import { hostHandlers } from './host-handlers.ts'
import { openFor } from './open-for.ts'
import { outboxFileHandlers } from './outbox-file-handlers.ts'
import { practiceHandlers } from './practice-handlers.ts'
import { storageHandlers } from './storage-handlers.ts'
import { withdrawHandlers } from './withdraw-handlers.ts'
import type { Workstation } from './workstation.ts'

const MAX_BATCH = 2000
const PAUSED = {
  connection: 'paused',
  reason: null,
  pulling: false,
  waitingCount: 0,
  needsAttentionCount: 0,
  lastSyncedAtMs: null,
  photosWaitingCount: 0,
  photosLeftMs: null,
  copying: null,
  confirmCount: 0,
  clockAheadMs: null,
  lowDisk: false,
} as const

/** One answer for every question of the contract. The host has parsed the input and parses the answer again. */
export function createHandlers(workstation: Workstation, clock: Clock, dataDir: string): Handlers {
  return {
    ...appHandlers(workstation),
    ...queueHandlers(workstation, clock),
    ...reviewHandlers(workstation, clock),
    ...onScreenHandlers(workstation),
    ...compareHandlers(workstation, clock),
    ...attentionHandlers(workstation, clock),
    ...patientHandlers(workstation, clock),
    ...importHandlers(workstation),
    ...settingHandlers(workstation),
    ...storageHandlers(workstation, dataDir),
    ...outboxFileHandlers(workstation, clock),
    ...practiceHandlers(workstation, clock),
    ...withdrawHandlers(workstation),
    ...hostHandlers(),
  }
}

function appHandlers(workstation: Workstation) {
  return {
    'app.state': async () => workstation.state(),
    'app.choosePassphrase': async ({ passphrase }) => workstation.choosePassphrase(passphrase),
    'app.unlock': async ({ passphrase }) => workstation.unlock(passphrase),
    'app.lock': async () => workstation.lock(),
    'session.signIn': async () => ({ url: await workstation.opened().session.signIn(), opened: false }),
    'session.signOut': async () => workstation.signOut(),
    'sync.status': async () => (isOpen(workstation) ? workstation.opened().sync.status() : PAUSED),
    'sync.now': async () => {
      void openFor(workstation).sync.now()
      return null
    },
  } satisfies Partial<Handlers>
}

function queueHandlers(workstation: Workstation, clock: Clock) {
  return {
    'queue.page': async ({ offset, limit, ...query }) => {
      const { db, queue, account } = openFor(workstation)
      const view = queue.view(query, clock.nowMs(), viewerOf(account))
      return { rows: listQueueRows(db, view.ids(offset, limit), view), total: view.total, offset }
    },
    'queue.counts': async ({ search }) => {
      const { queue, account } = openFor(workstation)
      return queue.counts(search, clock.nowMs(), viewerOf(account))
    },
    'queue.wouldHold': async ({ conditions }) => {
      const { queue, account } = openFor(workstation)
      return { count: queue.wouldHold({ conditions }, clock.nowMs(), viewerOf(account)) }
    },
    'queue.batch': async ({ from, ...query }) => {
      const { queue, account } = openFor(workstation)
      const view = queue.view(query, clock.nowMs(), viewerOf(account))
      const start = from === null ? 0 : Math.max(0, view.indexOf(from))
      return view.ids(start, MAX_BATCH).map((id) => SessionId.parse(id))
    },
    'patients.search': async ({ text }) => searchPatients(openFor(workstation).db, text),
  } satisfies Partial<Handlers>
}

/** Some scans wait for one person alone, and are shown to them as if nobody had read them. */
function viewerOf({ person }: SignedIn) {
  return { personId: person.id, mayDecide: mayDecide(person.roles) }
}

function reviewHandlers(workstation: Workstation, clock: Clock) {
  return {
    'review.open': async ({ sessionId }) => {
      const { db, account } = openFor(workstation)
      return getReviewCase(db, sessionId, { ...viewerOf(account), nowMs: clock.nowMs() })
    },
    'review.decide': async (args) => {
      const { db, account, changed, sync, grace, graceMs } = openFor(workstation)
      grace.keepPace()
      const by = { person: account.person, nowMs: clock.nowMs(), graceMs }
      const { read, action, changes } = write(db, (tx) => decideLocally(tx, args, by))
      changed(changes)
      sync.queued()
      return { read, action }
    },
    'review.lastDecision': async () => {
      const { db, account, grace } = openFor(workstation)
      return findTakeBack(db, account.person.id, clock.nowMs(), grace.nowMs())
    },
    'review.takeBack': async ({ readId }) => {
      const { db, account, changed, sync } = openFor(workstation)
      const { sessionId, changes } = write(db, (tx) => takeBackLocally(tx, readId, account.person.id))
      changed(changes)
      sync.queued()
      return { sessionId }
    },
    'review.keepDraft': async ({ sessionId, draft }) => {
      const { db, account } = openFor(workstation)
      if (!mayDecide(account.person.roles)) throw new AppError('auth.denied', { sessionId })
      write(db, (tx) => saveDraft(tx, { sessionId, personId: account.person.id }, draft, clock.nowMs()))
      return null
    },
    'review.displayed': async ({ displayed }) => {
      const { db, account, sync } = openFor(workstation)
      const by = { personId: account.person.id, nowMs: clock.nowMs(), notBeforeMs: 0 }
      write(db, (tx) => enqueue(tx, 'access.record', { displayed }, by))
      sync.queued()
      return null
    },
  } satisfies Partial<Handlers>
}

function importHandlers(workstation: Workstation) {
  return {
    'import.stage': async (file) => openFor(workstation).staging.stage(file),
    'import.start': async (request) => openFor(workstation).imports.start(request),
    'import.list': async () => listImports(openFor(workstation).db),
  } satisfies Partial<Handlers>
}

function settingHandlers(workstation: Workstation) {
  return {
    'settings.all': async () => {
      const account = isOpen(workstation) ? workstation.opened().session.account() : undefined
      return account === undefined ? STANDARD : getSettings(workstation.opened().db, account.person.id)
    },
    'settings.set': async (setting) => {
      const { db, session } = workstation.opened()
      const person = session.account()?.person
      if (person === undefined) throw new AppError('auth.required')
      write(db, (tx) => saveSetting(tx, person.id, setting))
      return getSettings(db, person.id)
    },
  } satisfies Partial<Handlers>
}

const STANDARD = SettingValues.parse(
  Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default])),
)

function isOpen(workstation: Workstation): boolean {
  const { phase } = workstation.state()
  return phase === 'ready' || phase === 'signed-out' || phase === 'no-access'
}
