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
  const [failed, setFailed] = useState(false)
  useEffect(() => {
    if (!failed) return undefined
    return port.on('photo.arrived', (body) => body.hash === hash && setFailed(false))
  }, [port, hash, failed])
  return { src: failed ? null : port.photoUrl(hash, '512'), fail: () => setFailed(true) }
}
