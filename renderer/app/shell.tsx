import { useCallback, useEffect, useState } from 'react'
import { useHashLocation } from 'wouter/use-hash-location'
import type { AppState } from '../../preload/contract/app-state.ts'
import { type MutationId, SessionId } from '../../server/contract/domain/ids.ts'
import { useCommands } from '../commands/commands-context.tsx'
import type { Context } from '../commands/table.ts'
import { HelpSheet } from '../commands/help-sheet.tsx'
import { Palette } from '../commands/palette.tsx'
import { useLiveState } from '../ports/live-state.tsx'
import { usePort } from '../ports/port-context.tsx'
import { AttentionScreen } from '../screens/attention/attention-screen.tsx'
import { ConfirmBanner } from '../screens/attention/confirm-banner.tsx'
import { ImportScreen } from '../screens/import/import-screen.tsx'
import { useTray } from '../screens/import/use-tray.ts'
import { QueueScreen } from '../screens/queue/queue-screen.tsx'
import { createOpenings, type Opening } from '../screens/review/opening.ts'
import { ReviewScreen } from '../screens/review/review-screen.tsx'
import { createKeptDrafts, type KeptDrafts } from '../screens/review/use-drafts.ts'
import type { Replacing } from '../screens/review/use-replacing.ts'
import { SettingsScreen } from '../screens/settings/settings-screen.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import type { KeptLeftOff } from './left-off.ts'
import { LineUpIdle } from './line-up-idle.ts'
import { NoticeBanner } from './notice-banner.tsx'
import { NoticeSheet } from './notice-sheet.tsx'
import { Rail } from './rail.tsx'
import { StatusBar } from './status-bar.tsx'
import { useIdleLock } from './use-idle-lock.ts'
import { useNotices } from './use-notices.ts'

const REVIEW_PATH = '/review/'
const SETTINGS_PATH = '/settings'

/** Whose keys the status bar shows. */
const CONTEXTS: Readonly<Record<string, Context>> = {
  '/import': 'import',
  '/attention': 'attention',
  '/settings': 'settings',
}

type Sheet = 'none' | 'help' | 'palette' | 'notices'

type Props = {
  readonly app: AppState
  readonly leftOff: KeptLeftOff
  /** Whether whoever this shell is of is signed in now: what is kept for a person is kept for no other. */
  readonly isStillTheirs: () => boolean
}

/** What a signed-in person sees: rail, screen, status bar. Review takes the whole width. */
export function Shell({ app, leftOff, isStillTheirs }: Props) {
  const port = usePort()
  const { setApp, settings, sync } = useLiveState()
  const [path, go] = useHashLocation()
  const [sheet, setSheet] = useState<Sheet>('none')
  const personId = app.account?.person.id
  const [before] = useState(() => leftOff.of(personId))
  const [batch, setBatch] = useState(before.batch)
  /** The case that was on screen when the window locked; until another review is begun. */
  const [resumeAt, setResumeAt] = useState(before.caseId)
  const [openings] = useState(() => createOpenings(port))
  /** The first of them, on its way already. */
  const [opening, setOpening] = useState<Opening>()
  /** Where a scan was opened from, and closing it leads back to. */
  const [cameFrom, setCameFrom] = useState(before.cameFrom)
  /** The refused decision that the scan was opened for; null for an ordinary review. */
  const [replacing, setReplacing] = useState<Replacing | null>(null)
  const [drafts] = useState(() =>
    createKeptDrafts(async (sessionId, draft) => {
      if (isStillTheirs()) await port.call('review.keepDraft', { sessionId, draft })
    }),
  )
  const [attentionId, setAttentionId] = useState<MutationId | null>(null)
  const [place, setPlace] = useState(before.place)
  useEffect(() => leftOff.keep(personId, { batch, cameFrom, place }), [leftOff, personId, batch, cameFrom, place])
  const onCase = useCallback((caseId: SessionId) => leftOff.keep(personId, { caseId }), [leftOff, personId])
  const tray = useTray()

  // The host announces the new state itself; a failed call leaves the old one, which is then still true.
  const quietly = (work: Promise<AppState>) => void work.then(setApp, () => undefined)
  const lock = useCallback(
    () => void saveFirst(drafts).then(() => port.call('app.lock').then(setApp, () => undefined)),
    [drafts, port, setApp],
  )
  useFlush(drafts)
  useIdleLock(Number(settings.lockAfterMinutes), lock)
  useCommands('global', {
    'app.palette': () => setSheet('palette'),
    'app.help': () => setSheet('help'),
    'app.notices': () => setSheet('notices'),
    'app.goQueue': () => go('/'),
    'app.goImport': () => go('/import'),
    'app.goSettings': () => go('/settings'),
    'app.goStorage': () => go('/settings/storage'),
    'app.goUnsent': () => go('/settings/unsent'),
    'app.goAttention': () => go('/attention'),
    'app.syncNow': () => void port.call('sync.now').catch(() => undefined),
    'app.lock': lock,
    'app.signOut': () => quietly(saveFirst(drafts).then(() => port.call('session.signOut'))),
  })
  const review = useCallback(
    (ids: readonly SessionId[], start: SessionId, from = '/', instead: Replacing | null = null) => {
      setBatch(ids)
      setResumeAt(null)
      setOpening(openings.take(start))
      setCameFrom(from)
      setReplacing(instead)
      go(`${REVIEW_PATH}${start}`)
    },
    [go, openings],
  )
  useEffect(() => openings.close, [openings])
  const onOpening = useCallback(
    (id: SessionId | null) => (id === null ? openings.drop() : openings.ask(id)),
    [openings],
  )
  const isReview = path.startsWith(REVIEW_PATH)
  const notices = useNotices(app, path, go)
  const goSection = useCallback((section: string) => go(`${SETTINGS_PATH}/${section}`), [go])
  // One line at a time, and in review none: photos keep the whole window. The status bar has the others.
  const urgent = notices.banner?.tone === 'off'
  const isConfirming = !urgent && !isReview && path !== '/attention' && (sync?.confirmCount ?? 0) > 0
  const banner = isReview || isConfirming ? undefined : notices.banner

  return (
    <div className="flex h-full flex-col" {...(isReview && { 'data-surface': 'photo' })}>
      <div className="flex min-h-0 flex-1">
        {!isReview && <Rail path={screenOf(path)} />}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg text-ink">
          <div className="min-h-0 flex-1">
            <ErrorBoundary key={isReview ? 'review' : screenOf(path)}>
              {isReview ? (
                <Review
                  id={path.slice(REVIEW_PATH.length)}
                  batch={batch}
                  opening={opening}
                  replacing={replacing}
                  drafts={drafts}
                  at={resumeAt}
                  onCase={onCase}
                  onClose={() => go(cameFrom)}
                />
              ) : path === '/import' ? (
                <ImportScreen tray={tray} />
              ) : path === '/attention' ? (
                <AttentionScreen
                  selectedId={attentionId}
                  onSelect={setAttentionId}
                  onOpen={(sessionId) => review([sessionId], sessionId, path)}
                  onRules={() => goSection('practice')}
                  onReplace={(instead) => {
                    const { sessionId } = instead.wanted
                    review([sessionId], sessionId, path, instead)
                  }}
                />
              ) : path.startsWith(SETTINGS_PATH) ? (
                <SettingsScreen app={app} section={path.slice(SETTINGS_PATH.length + 1)} onSection={goSection} />
              ) : (
                <QueueScreen
                  app={app}
                  place={place}
                  onPlace={setPlace}
                  onReview={review}
                  onOpening={onOpening}
                  onAhead={openings.ahead}
                  onImport={() => go('/import')}
                />
              )}
            </ErrorBoundary>
          </div>
          {isConfirming && <ConfirmBanner />}
          {banner !== undefined && <NoticeBanner notices={notices} />}
        </div>
      </div>
      {!isReview && <LineUpIdle place={place} />}
      <StatusBar
        app={app}
        place={isReview ? 'review' : (CONTEXTS[screenOf(path)] ?? 'queue')}
        notices={notices.all.filter((notice) => notice !== banner)}
        onNotices={() => setSheet('notices')}
      />
      <HelpSheet open={sheet === 'help'} onClose={() => setSheet('none')} overPhotos={isReview} />
      <Palette open={sheet === 'palette'} onClose={() => setSheet('none')} overPhotos={isReview} />
      <NoticeSheet
        open={sheet === 'notices'}
        notices={notices}
        onClose={() => setSheet('none')}
        overPhotos={isReview}
      />
    </div>
  )
}

/** A disk that does not answer keeps nobody from locking. */
const MAX_SAVING_MS = 1000
function saveFirst(drafts: KeptDrafts): Promise<void> {
  return Promise.race([drafts.flush(), new Promise<void>((resolve) => setTimeout(resolve, MAX_SAVING_MS))])
}

/** A window that is put away or closed may be gone before the next write. */
function useFlush(drafts: KeptDrafts) {
  useEffect(() => {
    const save = () => void drafts.flush()
    window.addEventListener('pagehide', save)
    document.addEventListener('visibilitychange', save)
    return () => {
      window.removeEventListener('pagehide', save)
      document.removeEventListener('visibilitychange', save)
      save()
    }
  }, [drafts])
}

/** `/settings/storage` is a part of `/settings`. */
function screenOf(path: string): string {
  return path.startsWith(SETTINGS_PATH) ? SETTINGS_PATH : path
}

type ReviewProps = {
  readonly id: string
  readonly batch: readonly SessionId[]
  readonly opening: Opening | undefined
  readonly replacing: Replacing | null
  readonly drafts: KeptDrafts
  readonly at: SessionId | null
  readonly onCase: (id: SessionId) => void
  readonly onClose: () => void
}

/** After a reload the batch is gone: the one scan in the address is then the batch. */
function Review({ id, batch, at, ...others }: ReviewProps) {
  const opened = SessionId.safeParse(id)
  if (!opened.success) return null
  const ids = batch.includes(opened.data) ? batch : [opened.data]
  return <ReviewScreen batch={ids} start={at !== null && ids.includes(at) ? at : opened.data} {...others} />
}
