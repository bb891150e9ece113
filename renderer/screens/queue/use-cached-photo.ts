import { useEffect, useState } from 'react'
import { usePort } from '../../ports/port-context.tsx'

type CachedPhoto = {
  /** Null while the photo is not on this computer; an address again as soon as the host says that it arrived. */
  readonly src: string | null
  /** The picture could not be loaded. */
  readonly fail: () => void
}

/** The small rendition of a photo for an `<img>`. Give the component a key by hash: another photo starts afresh. */
export function useCachedPhoto(hash: string): CachedPhoto {
  const port = usePort()
  const [state, setState] = useState({ arrivals: 0, failed: false })
  useEffect(
    () =>
      port.on('photo.arrived', (body) => {
        if (body.hash === hash) setState((was) => ({ arrivals: was.arrivals + 1, failed: false }))
      }),
    [port, hash],
  )
  const url = port.photoUrl(hash, '512')
  // It may arrive while the request that is about to fail is under way: another fragment makes the browser ask again.
  const src = state.arrivals === 0 ? url : `${url}#${state.arrivals}`
  return { src: state.failed ? null : src, fail: () => setState((was) => ({ ...was, failed: true })) }
}
