import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { Port } from '../../ports/bridge.ts'
import { openPhotos } from '../../viewer/open-photos.ts'
import { ringOf } from './case-photos.ts'

/** A case on its way to the screen, and its photos, which wait for no screen. */
export type Opening = {
  readonly sessionId: SessionId
  /** Never left unhandled: the screen that waits for it says why it did not come. */
  readonly reviewCase: Promise<ReviewCase>
  /** Asked for before there was a screen to hear of changes. */
  readonly mayBeOld: boolean
  /** Once it is here. */
  readonly found: () => ReviewCase | undefined
  readonly photos: ReturnType<typeof openPhotos>
  readonly isClosed: () => boolean
  /** Closes its photos. Whoever takes it over closes it. */
  readonly close: () => void
}

/**
 * Asks for a case and, as soon as it is known, for its photos: they come and are decoded while the screen for them is
 * made. Neither claims the case nor marks it as seen, and the audit log tells what was displayed, not what was decoded.
 */
export function openCase(port: Port, sessionId: SessionId, mayBeOld = true): Opening {
  const photos = openPhotos((hash, size) => port.photoUrl(hash, size))
  const endArrivals = port.on('photo.arrived', ({ hash }) => photos.cache.photoArrived(hash))
  const now: { isClosed: boolean; found: ReviewCase | undefined } = { isClosed: false, found: undefined }
  const reviewCase = port.call('review.open', { sessionId })
  const begin = (first: ReviewCase) => {
    now.found = first
    if (!now.isClosed) photos.cache.setRing(ringOf({ current: first, next: [], previous: undefined }, 'frontal', null))
  }
  void reviewCase.then(begin, () => undefined)
  return {
    sessionId,
    reviewCase,
    mayBeOld,
    found: () => now.found,
    photos,
    isClosed: () => now.isClosed,
    close: () => {
      now.isClosed = true
      endArrivals()
      photos.close()
    },
  }
}

/** The one case that somebody is about to open, or may be. */
export function createOpenings(port: Port) {
  const now: { one: Opening | undefined; isAsked: boolean } = { one: undefined, isAsked: false }
  function drop() {
    now.one?.close()
    now.one = undefined
    now.isAsked = false
  }
  function begin(sessionId: SessionId) {
    if (now.one?.sessionId === sessionId) return
    drop()
    const one = openCase(port, sessionId)
    now.one = one
    // Whoever opens it later asks once more. What was asked for tells its screen why.
    one.reviewCase.catch(() => {
      if (now.one === one && !now.isAsked) drop()
    })
  }
  // It may lie here for minutes: never shown as it was before a change. Its row comes again, and with it the wish.
  const endChanges = port.on('store.changed', () => {
    if (!now.isAsked) drop()
  })
  return {
    /** Somebody rests on it: were it opened, it would be there. Null: on nothing any more. */
    ahead: (sessionId: SessionId | null) => {
      if (now.isAsked) return
      if (sessionId === null) drop()
      else begin(sessionId)
    },
    /** Somebody opens it: it is asked for before anything else is. */
    ask: (sessionId: SessionId) => {
      begin(sessionId)
      now.isAsked = true
    },
    /** For the screen, which closes it. */
    take: (sessionId: SessionId): Opening => {
      begin(sessionId)
      const taken = now.one ?? openCase(port, sessionId)
      now.one = undefined
      now.isAsked = false
      return taken
    },
    drop,
    close: () => {
      endChanges()
      drop()
    },
  }
}
