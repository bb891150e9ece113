import { useEffect, useState } from 'react'
import type { Port } from '../ports/bridge.ts'
import { openPhotos } from '../viewer/open-photos.ts'
import type { PhotoCache } from '../viewer/photo-cache.ts'

/** Photos of this window alone: nothing decoded is shared between windows. */
export function usePhotoCache(port: Port): PhotoCache {
  const [photos] = useState(() => openPhotos((hash, size) => port.photoUrl(hash, size)))
  useEffect(() => {
    const end = port.on('photo.arrived', ({ hash }) => photos.cache.photoArrived(hash))
    return () => {
      end()
      photos.close()
    }
  }, [port, photos])
  return photos.cache
}
