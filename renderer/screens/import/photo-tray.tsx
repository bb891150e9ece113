import { X } from 'lucide-react'
import { useState } from 'react'
import { CommandKeys } from '../../commands/commands-context.tsx'
import { type CommandId, commandSpec } from '../../commands/table.ts'
import { useText } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import type { ImportState } from './import-view.tsx'
import type { Staged } from './staged.ts'

/** In the order of the views. */
const VIEW_KEYS = [
  'import.view1',
  'import.view2',
  'import.view3',
  'import.view4',
  'import.view5',
] as const satisfies readonly CommandId[]

export function PhotoTray({ state, isOver }: { readonly state: ImportState; readonly isOver: boolean }) {
  const t = useText()
  const { photos, reading } = state
  const leftOut = photos.filter((staged) => staged.view === null && staged.photo.refusal === null).length
  return (
    <section
      aria-label={t('import.photos')}
      className={`min-w-0 flex-1 overflow-auto p-4 ${isOver ? 'bg-selected outline-2 -outline-offset-4 outline-accent outline-dashed' : ''}`}
    >
      {photos.length === 0 ? (
        <div className="grid h-full place-items-center rounded-[6px] border border-dashed border-line p-8 text-center">
          <div className="flex flex-col items-center gap-2">
            <p className="text-18 font-semibold">{t('import.drop')}</p>
            <p className="max-w-[52ch] text-13 text-dim">{t('import.dropHelp')}</p>
          </div>
        </div>
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-3 text-13 text-dim">
            {VIEW_KEYS.map((id) => (
              <span key={id} className="inline-flex items-center gap-1.5 whitespace-nowrap">
                <CommandKeys id={id} /> {t(commandSpec(id).title)}
              </span>
            ))}
            <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
              <CommandKeys id="import.mirrored" /> {t('import.mirror')}
            </span>
          </div>
          <Position state={state} />
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(208px,1fr))] gap-3">
            {photos.map((staged, index) => (
              <Photo
                key={staged.photo.hash}
                staged={staged}
                isCurrent={staged === state.current}
                onFocus={() => state.setFocused(index)}
                onRemove={() => state.remove(staged)}
              />
            ))}
          </ul>
          <p className="pt-3 text-13 text-dim">{t('import.keysHint')}</p>
          {leftOut > 0 && <p className="text-13 text-dim">{t('import.leftOut', { count: leftOut })}</p>}
        </>
      )}
      <p role="status" className="pt-2 text-13 text-dim">
        {reading[0] !== undefined && t('import.staging', { name: reading[0] })}
      </p>
    </section>
  )
}

/** The keys move a mark, not the focus: it is said aloud here. */
function Position({ state: { photos, current } }: { readonly state: ImportState }) {
  const t = useText()
  return (
    <p role="status" className="sr-only">
      {current !== undefined &&
        t('import.position', {
          index: photos.indexOf(current) + 1,
          total: photos.length,
          name: current.photo.name,
          view: current.view === null ? t('import.noView') : t(`view.${current.view}`),
        })}
    </p>
  )
}

function showIt(element: HTMLElement | null) {
  element?.scrollIntoView({ block: 'nearest' })
}

type PhotoProps = {
  readonly staged: Staged
  readonly isCurrent: boolean
  readonly onFocus: () => void
  readonly onRemove: () => void
}

function Photo({ staged, isCurrent, onFocus, onRemove }: PhotoProps) {
  const t = useText()
  const { photo, view, mirrored, pictureUrl } = staged
  const viewWords = view === null ? t('import.noView') : t(`view.${view}`)
  return (
    <li
      ref={isCurrent ? showIt : undefined}
      aria-current={isCurrent ? 'true' : undefined}
      className="relative flex min-w-0 flex-col border border-line bg-panel aria-[current]:border-accent aria-[current]:outline aria-[current]:outline-accent"
    >
      <button type="button" onClick={onFocus} className="block text-left">
        <span className="sr-only">{`${photo.name}: ${viewWords}`}</span>
        <span data-surface="photo" className="relative grid aspect-4/3 w-full place-items-center bg-bg">
          <Picture key={pictureUrl} url={pictureUrl} />
        </span>
      </button>
      <div className="flex min-w-0 flex-col gap-0.5 px-2 py-1.5">
        <span className="flex items-center justify-between gap-2">
          {photo.refusal !== null ? (
            <StatusDot tone="off">
              <span className="text-11 whitespace-normal">{t(`refusal.${photo.refusal}`)}</span>
            </StatusDot>
          ) : (
            <span className={`text-13 ${view === null ? 'text-dim' : 'font-medium text-ink'}`}>{viewWords}</span>
          )}
          {mirrored !== 'none' && <span className="text-11 text-minor">{t('import.mirror')}</span>}
        </span>
        <span className="truncate text-11 text-dim" title={photo.name}>
          {photo.name}
        </span>
      </div>
      <button
        type="button"
        onClick={onRemove}
        aria-label={t('import.remove', { name: photo.name })}
        className="absolute top-1 right-1 grid size-6 place-items-center rounded-[3px] bg-panel text-dim hover:text-ink"
      >
        <X size={14} aria-hidden />
      </button>
    </li>
  )
}

/** The window cannot draw every format that the server reads (HEIC): words then stand for the picture. */
function Picture({ url }: { readonly url: string }) {
  const t = useText()
  const [failed, setFailed] = useState(false)
  if (failed) return <span className="px-3 text-center text-11 text-dim">{t('import.noPicture')}</span>
  return <img src={url} alt="" onError={() => setFailed(true)} className="absolute inset-0 size-full object-contain" />
}
