import type { AppState, SyncStatus } from '../../preload/contract/app-state.ts'
import type { ErrorCode } from '../../server/contract/errors.ts'
import type { TextKey } from '../text/table.ts'
import { errorKey } from '../text/words.ts'
import type { Tone } from '../ui/status-dot.tsx'

export type NoticeAction = 'signIn' | 'syncNow' | 'storage' | 'export'

/** What is wrong right now, in words for a person. The order of this table is the order of importance. */
const NOTICES = {
  'read-only': { tone: 'off', say: 'notice.read-only.say', actions: [], mayHide: false },
  'disk-full': { tone: 'off', say: 'notice.disk-full.say', actions: ['storage'], mayHide: false },
  certificate: { tone: 'off', say: 'notice.certificate.say', actions: [], mayHide: false },
  'too-old': { tone: 'off', say: 'notice.too-old.say', actions: ['export'], mayHide: false },
  'server-too-old': { tone: 'minor', say: 'notice.server-too-old.say', actions: ['export'], mayHide: false },
  'signed-out': { tone: 'minor', say: 'status.expired', actions: ['signIn'], mayHide: false },
  refused: { tone: 'minor', say: null, actions: ['syncNow'], mayHide: false },
  'not-loupe': { tone: 'minor', say: 'notice.not-loupe.say', actions: ['syncNow'], mayHide: false },
  'low-disk': { tone: 'minor', say: 'notice.low-disk.say', actions: ['storage'], mayHide: true },
  clock: { tone: 'minor', say: null, actions: [], mayHide: true },
  silent: { tone: 'minor', say: 'notice.silent.say', actions: ['syncNow'], mayHide: true },
} as const satisfies Record<string, NoticeSpec>

type NoticeSpec = {
  readonly tone: Tone
  /** Null where the sentence depends on more than the notice's name. */
  readonly say: TextKey | null
  readonly actions: readonly NoticeAction[]
  /** Only where nobody's work is at stake: the status bar goes on saying it. */
  readonly mayHide: boolean
}

export type NoticeId = keyof typeof NOTICES
const NOTICE_IDS = Object.keys(NOTICES) as readonly NoticeId[]

export type Notice = Omit<NoticeSpec, 'say'> & {
  readonly id: NoticeId
  readonly title: TextKey
  readonly say: TextKey
  /** How far the clock is off, for the sentence that names it. */
  readonly spanMs: number | null
}

/** Reasons with a sentence of their own; every other refusal is said in the words of its code. */
const BY_REASON: Partial<Record<ErrorCode, NoticeId>> = {
  'store.read-only': 'read-only',
  'store.full': 'disk-full',
  'server.certificate': 'certificate',
  'sync.too-old': 'too-old',
  'sync.server-too-old': 'server-too-old',
  'auth.required': 'signed-out',
  'server.not-loupe': 'not-loupe',
  'server.silent': 'silent',
}

/** What to tell now, the most important first. */
export function listNotices(app: Pick<AppState, 'signInExpired'>, sync: SyncStatus | null): readonly Notice[] {
  const reason = sync === null || sync.connection === 'online' ? null : sync.reason
  const now = new Set<NoticeId>()
  if (app.signInExpired) now.add('signed-out')
  if (reason !== null) {
    const known = BY_REASON[reason]
    // Offline in the plain sense is the ordinary day: the queue's header and the status bar say it.
    if (known !== undefined) now.add(known)
    else if (sync?.connection === 'refused') now.add('refused')
  }
  if (sync?.lowDisk === true) now.add('low-disk')
  if (sync !== null && sync.clockAheadMs !== null) now.add('clock')
  return NOTICE_IDS.filter((id) => now.has(id)).map((id) => describeNotice(id, reason, sync))
}

function describeNotice(id: NoticeId, reason: ErrorCode | null, sync: SyncStatus | null): Notice {
  const spec: NoticeSpec = NOTICES[id]
  const aheadMs = sync?.clockAheadMs ?? 0
  const clockSays = aheadMs > 0 ? 'notice.clock.ahead' : 'notice.clock.behind'
  const hasUnsent = (sync?.waitingCount ?? 0) > 0
  return {
    ...spec,
    id,
    title: `notice.${id}.title`,
    say: spec.say ?? (id === 'clock' ? clockSays : errorKey(reason ?? 'internal')),
    spanMs: id === 'clock' ? Math.abs(aheadMs) : null,
    actions: spec.actions.filter((action) => action !== 'export' || hasUnsent),
  }
}
