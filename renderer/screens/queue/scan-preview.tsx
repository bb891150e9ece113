import type { ReactNode } from 'react'
import type { QueueRow } from '../../../preload/contract/queue.ts'
import { CommandKeys, useDispatcher } from '../../commands/commands-context.tsx'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { LastReadWords, StateWord } from './queue-cells.tsx'
import { useFlagWords, useMarks } from './row-words.ts'
import { useCachedPhoto } from './use-cached-photo.ts'

type Props = { readonly row: QueueRow | undefined; readonly mayDecide: boolean }

/**
 * The selected scan, large enough to decide whether to start with it. Looking here is not a review. Left out where the
 * window is too narrow for it and the table (strong zoom): every word of it is in the table or one key away.
 */
export function ScanPreview({ row, mayDecide }: Props) {
  const t = useText()
  return (
    <aside
      aria-label={t('queue.details')}
      className="w-[430px] shrink-0 overflow-auto border-l border-line bg-panel p-4 max-[1600px]:w-[340px] max-[1400px]:w-[300px] max-[1100px]:hidden"
    >
      {row !== undefined && <Details row={row} mayDecide={mayDecide} />}
    </aside>
  )
}

function Details({ row, mayDecide }: { readonly row: QueueRow; readonly mayDecide: boolean }) {
  const t = useText()
  const times = useTimes()
  const dispatcher = useDispatcher()
  const nowMs = useNow()
  const flags = [...useMarks(row), ...useFlagWords(row)]
  const stage =
    row.stage !== null && row.totalStages !== null
      ? t('queue.aligner', { stage: row.stage, total: row.totalStages })
      : t(`patientStatus.${row.patientStatus}`)
  return (
    <>
      <h2 className="text-15 font-semibold break-words">{row.patientName}</h2>
      <p className="text-13 text-dim">
        {row.reference} · {stage}
      </p>
      <FrontalPhoto key={row.thumbnail} hash={row.thumbnail} />
      {flags.length > 0 && (
        <ul className="mb-3 flex flex-col gap-0.5">
          {flags.map((flag) => (
            <li key={flag.words}>
              <StatusDot tone={flag.tone}>
                <span className="whitespace-normal">{flag.words}</span>
              </StatusDot>
            </li>
          ))}
        </ul>
      )}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-13">
        <Fact name={t('queue.status')}>
          <StateWord row={row} />
        </Fact>
        <Fact name={t('queue.lastRead')}>
          <LastReadWords row={row} />
        </Fact>
        <Fact name={t('queue.treatment')}>{t(`patientStatus.${row.patientStatus}`)}</Fact>
        <Fact name={t('queue.doctor')}>{row.doctorName ?? '–'}</Fact>
        <Fact name={t('queue.capturedOn')}>{times.day(row.capturedOn, nowMs)}</Fact>
        <Fact name={t('queue.submitted')}>{times.exact(row.submittedAtMs)}</Fact>
      </dl>
      <button
        type="button"
        onClick={() => dispatcher.run('queue.patient')}
        className="mt-4 inline-flex min-h-6 items-center gap-2 text-13 text-dim hover:text-ink"
      >
        <CommandKeys id="queue.patient" /> {t('command.queue.patient')}
      </button>
      <p className="mt-1 flex items-center gap-2 text-13 text-dim">
        {mayDecide ? (
          <>
            <CommandKeys id="queue.open" /> {t('queue.reviewHere')}
          </>
        ) : (
          t('queue.staffOnly')
        )}
      </p>
    </>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}

/** Whole, never cropped, on neutral grey. Waits quietly for a photo that is still on its way. */
function FrontalPhoto({ hash }: { readonly hash: string | null }) {
  const t = useText()
  return (
    <div data-surface="photo" className="my-3 grid aspect-4/3 w-full place-items-center bg-bg text-13 text-dim">
      {hash === null ? t('queue.noPhoto') : <Photo hash={hash} />}
    </div>
  )
}

function Photo({ hash }: { readonly hash: string }) {
  const t = useText()
  const { src, fail } = useCachedPhoto(hash)
  if (src === null) return t('queue.photoComing')
  return <img src={src} alt={t('queue.frontalOf')} onError={fail} className="size-full object-contain" />
}
