import type { ImportProgress } from '../../../preload/contract/import.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot, type Tone } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'

const TONES = {
  waiting: 'dim',
  uploading: 'dim',
  processing: 'dim',
  published: 'ok',
  failed: 'off',
} as const satisfies Record<ImportProgress['state'], Tone>

/** What became of each import. A refused photo says what to do about it; the others go on. */
export function ImportList({ imports }: { readonly imports: readonly ImportProgress[] }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  return (
    <section aria-label={t('import.progress')} className="p-4">
      <h2 className="pb-2 text-13 font-semibold">{t('import.progress')}</h2>
      {imports.length === 0 && <p className="text-13 text-dim">{t('import.none')}</p>}
      <ul className="flex flex-col">
        {imports.map((progress) => (
          <li key={progress.sessionId} className="border-b border-row-line py-2">
            <div className="flex items-start justify-between gap-3">
              <span className="min-w-0 truncate text-13">
                {progress.patientLabel} <span className="text-dim">· {times.day(progress.capturedOn, nowMs)}</span>
              </span>
              <StatusDot tone={TONES[progress.state]}>{t(`import.state.${progress.state}`)}</StatusDot>
            </div>
            {progress.state === 'failed' && <p className="text-11 text-off">{t('import.failedHelp')}</p>}
            <ul className="pt-1 text-11 text-dim">
              {progress.images.map((image) => (
                <li key={image.hash}>
                  {t(`view.${image.view}`)} ·{' '}
                  {image.refusal === null ? (
                    t(`import.image.${image.state}`)
                  ) : (
                    <span className="text-off">{t(`refusal.${image.refusal}`)}</span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}
