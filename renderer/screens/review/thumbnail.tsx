import { useMemo } from 'react'
import { FIT } from '../../viewer/geometry.ts'
import { type PaneLayer, PhotoPane, type ViewerPhoto } from '../../viewer/photo-pane.tsx'
import { useText } from '../../text/text-context.tsx'
import type { Slot } from './case-photos.ts'
import type { CellContext } from './photo-cell.tsx'

const ignore = () => undefined

/** A photo too small to be judged: it never counts as displayed. */
export function Thumbnail({ slot, context }: { readonly slot: Slot; readonly context: CellContext }) {
  const t = useText()
  if (slot.photo === null)
    return <span className="grid flex-1 place-items-center text-11 text-dim">{t('flag.missing')}</span>
  return (
    <span className="relative block h-full flex-1" aria-hidden>
      <Pane photo={slot.photo} context={context} />
    </span>
  )
}

function Pane({ photo, context }: { readonly photo: ViewerPhoto; readonly context: CellContext }) {
  const layer = useMemo((): PaneLayer => ({ photo, look: FIT }), [photo])
  return <PhotoPane cache={context.cache} layer={layer} label="" onScreen={context.onScreen} onLook={ignore} />
}
