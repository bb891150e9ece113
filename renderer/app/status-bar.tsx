import type { AppState } from '../../preload/contract/app-state.ts'
import { CommandKeys } from '../commands/commands-context.tsx'
import type { CommandId, Context } from '../commands/table.ts'
import { useLiveState } from '../ports/live-state.tsx'
import { useText } from '../text/text-context.tsx'
import type { TextKey } from '../text/table.ts'
import { StatusDot } from '../ui/status-dot.tsx'
import { Hint } from '../ui/tooltip.tsx'
import { SyncWords } from './sync-words.tsx'
import type { Notice } from './notices.ts'

type Props = {
  readonly app: AppState
  readonly place: Context
  /** Those that no line of their own says right now. */
  readonly notices: readonly Notice[]
  readonly onNotices: () => void
}

/** Always there: is it connected, is anything unsent, when was the last sync, who is here, what guards the key. */
export function StatusBar({ app, place, notices, onNotices }: Props) {
  const t = useText()
  const { sync } = useLiveState()
  /** What is true of the day goes before what is true of the installation. */
  const isFull = notices.length > 0 || sync?.copying != null || (sync?.needsAttentionCount ?? 0) > 0
  return (
    <footer
      aria-label={t('status.label')}
      className="flex h-7 shrink-0 items-center justify-between gap-6 border-t border-line bg-panel px-4 text-11 whitespace-nowrap text-dim"
    >
      {/* What does not fit wraps below the edge: a hint is there whole or not at all. */}
      <div className="flex h-7 min-w-0 flex-1 flex-wrap gap-x-5 overflow-hidden">
        {HINTS[place].map(({ ids, words }) => (
          <span key={words} className="flex h-7 items-center gap-1.5">
            {ids.map((id) => (
              <CommandKeys key={id} id={id} />
            ))}
            {t(words)}
          </span>
        ))}
      </div>
      <div className="flex min-w-0 items-center gap-4">
        {app.demo && (
          <span className={`shrink-0 ${isFull ? 'max-[1400px]:hidden' : 'max-[800px]:hidden'}`}>
            <StatusDot tone="flag">{t('app.demo')}</StatusDot>
          </span>
        )}
        {notices.length > 0 && <NoticeButton notices={notices} onOpen={onNotices} />}
        {sync !== null && <SyncWords sync={sync} />}
        <span className="max-w-[48ch] min-w-0 truncate">
          {app.account?.person.displayName} · {app.account?.practice.name}
        </span>
        {app.keyGuard !== null && <span className="hidden min-[1400px]:inline">{t(`status.${app.keyGuard}`)}</span>}
      </div>
    </footer>
  )
}

/** The most important one by name, the others by number; all of them a click or a key away. */
function NoticeButton({ notices, onOpen }: { readonly notices: readonly Notice[]; readonly onOpen: () => void }) {
  const t = useText()
  const [first, ...others] = notices
  if (first === undefined) return null
  const hint = notices.map(({ title }) => t(title)).join(' · ')
  return (
    <Hint hint={hint}>
      <button type="button" onClick={onOpen} className="shrink-0 rounded-[1px] border-b border-dim">
        <StatusDot tone={first.tone}>
          {t(first.title)}
          {others.length > 0 && ` +${others.length}`}
        </StatusDot>
      </button>
    </Hint>
  )
}

type KeyHint = { readonly ids: readonly CommandId[]; readonly words: TextKey }
const ALL_KEYS: KeyHint = { ids: ['app.help'], words: 'queue.allKeys' }
const EVERYWHERE: readonly KeyHint[] = [ALL_KEYS, { ids: ['app.palette'], words: 'queue.commands' }]
const HINTS: Readonly<Record<Context, readonly KeyHint[]>> = {
  global: EVERYWHERE,
  queue: [...EVERYWHERE, { ids: ['queue.next', 'queue.previous'], words: 'queue.move' }],
  import: EVERYWHERE,
  settings: EVERYWHERE,
  attention: [...EVERYWHERE, { ids: ['attention.next', 'attention.previous'], words: 'queue.move' }],
  review: [
    ALL_KEYS,
    { ids: ['review.tag'], words: 'command.review.tag' },
    { ids: ['review.nextView'], words: 'command.review.nextView' },
    { ids: ['review.compare'], words: 'review.keyLayout' },
    { ids: ['review.zoom'], words: 'review.keyZoom' },
    { ids: ['review.fit'], words: 'review.keyFit' },
    { ids: ['review.blink'], words: 'review.keyBlink' },
    { ids: ['review.olderPrior', 'review.newerPrior'], words: 'review.keyPrior' },
    { ids: ['review.difference'], words: 'review.keyDifference' },
  ],
}
