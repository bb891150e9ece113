import type { ReactNode } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot, type Tone } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { actionWords } from '../../text/action-words.ts'
import { useNewerScans } from './use-newer-scans.ts'

const SHOWN_SCANS = 3

/** What an author must know before an old instruction goes out: what this computer has learned since. */
export function Since({ entry }: { readonly entry: AttentionEntry }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { sync } = useLiveState()
  const newer = useNewerScans(entry.scan)
  const { winner } = entry
  const name = winner === null || winner.deciderName === '' ? t('attention.someone') : winner.deciderName
  const isConnected = sync?.connection === 'online'
  return (
    <div className="max-w-[76ch]">
      <h3 className="text-11 font-semibold text-dim">{t('attention.since')}</h3>
      <ul className="flex flex-col gap-1 text-13">
        {winner !== null && (
          <li>
            <Marked tone="flag">
              {t(sinceKey(winner), {
                name,
                action: actionWords(winner.action, t),
              })}
            </Marked>
          </li>
        )}
        {newer?.slice(-SHOWN_SCANS).map((row) => (
          <li key={row.sessionId}>
            <Marked tone="minor">
              {t('attention.since.scan', { day: times.day(row.capturedOn, nowMs), state: t(`state.${row.state}`) })}
            </Marked>
          </li>
        ))}
        {winner === null && newer?.length === 0 && <li>{t('attention.since.nothing')}</li>}
        {!isConnected && <li className="text-dim">{t('attention.since.offline')}</li>}
      </ul>
    </div>
  )
}

function sinceKey({ mine, isCorrected }: NonNullable<AttentionEntry['winner']>) {
  if (isCorrected === true) return 'attention.since.corrects'
  return mine ? 'attention.since.mine' : 'attention.since.won'
}

/** The mark stands at the first of several lines. */
function Marked({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return (
    <span className="flex items-baseline gap-1.5">
      <StatusDot tone={tone}>{null}</StatusDot>
      <span className="min-w-0">{children}</span>
    </span>
  )
}
