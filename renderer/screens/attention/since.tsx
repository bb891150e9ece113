import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { actionWords } from './attention-words.ts'
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
            <StatusDot tone="flag">
              <span className="whitespace-normal text-ink">
                {t(winner.mine ? 'attention.since.mine' : 'attention.since.won', {
                  name,
                  action: actionWords(winner.action, t),
                })}
              </span>
            </StatusDot>
          </li>
        )}
        {newer?.slice(-SHOWN_SCANS).map((row) => (
          <li key={row.sessionId}>
            <StatusDot tone="minor">
              <span className="whitespace-normal text-ink">
                {t('attention.since.scan', {
                  day: times.day(row.capturedOn, nowMs),
                  state: t(`state.${row.state}`),
                })}
              </span>
            </StatusDot>
          </li>
        ))}
        {winner === null && newer?.length === 0 && <li>{t('attention.since.nothing')}</li>}
        {!isConnected && <li className="text-dim">{t('attention.since.offline')}</li>}
      </ul>
    </div>
  )
}
