import type { PhotoHash, SessionId } from '../../../server/contract/domain/ids.ts'
import type { View } from '../../../server/contract/domain/views.ts'
import type { ShownPhoto } from './use-displayed.ts'

export type SeenViews = ReturnType<typeof createSeenViews>
/** The photos that a case has now, by view. */
export type PhotosByView = ReadonlyMap<View, PhotoHash>

const NONE: ReadonlySet<View> = new Set()
type Line = { photo: PhotoHash; totalMs: number; cellCount: number; sinceMs: number; timer: Timer | undefined }
type Timer = ReturnType<typeof setTimeout>
type Sitting = { readonly lines: Map<View, Line>; seen: ReadonlySet<View> }

/**
 * Which views of the case on screen were there long enough, at fit or larger, in a visible window. Times add up and are
 * kept while the screen is open: coming back to a case one need not look again. Its own small store: only what shows
 * them renders for a change.
 */
export function createSeenViews(nowMs: () => number) {
  const listeners = new Set<() => void>()
  const sittings = new Map<SessionId, Sitting>()
  const cells = new Map<string, ShownPhoto>()
  const now: { caseId: SessionId | undefined; photos: PhotosByView | null; needMs: number; visible: boolean } = {
    caseId: undefined,
    photos: null,
    needMs: 0,
    visible: true,
  }

  function sittingOf(caseId: SessionId): Sitting {
    const known = sittings.get(caseId)
    if (known !== undefined) return known
    const made: Sitting = { lines: new Map(), seen: NONE }
    sittings.set(caseId, made)
    return made
  }
  const newLine = (photo: PhotoHash): Line => ({ photo, totalMs: 0, cellCount: 0, sinceMs: nowMs(), timer: undefined })
  const shownMs = (line: Line) => line.totalMs + (line.cellCount > 0 ? nowMs() - line.sinceMs : 0)
  function settle(sitting: Sitting, view: View, line: Line) {
    clearTimeout(line.timer)
    line.timer = undefined
    if (sitting.seen.has(view)) return
    const leftMs = now.needMs - shownMs(line)
    if (leftMs <= 0) {
      sitting.seen = new Set(sitting.seen).add(view)
      for (const listener of listeners) listener()
    } else if (line.cellCount > 0) line.timer = setTimeout(() => settle(sitting, view, line), leftMs)
  }
  function start({ sessionId, view, photo }: ShownPhoto) {
    if (sessionId !== now.caseId) return
    const sitting = sittingOf(sessionId)
    const known = sitting.lines.get(view)
    const line = known?.photo === photo ? known : newLine(photo)
    sitting.lines.set(view, line)
    if (line.cellCount === 0) line.sinceMs = nowMs()
    line.cellCount += 1
    settle(sitting, view, line)
  }
  function stop({ sessionId, view, photo }: ShownPhoto) {
    const sitting = sittings.get(sessionId)
    const line = sitting?.lines.get(view)
    if (sitting === undefined || line?.photo !== photo || line.cellCount === 0) return
    if (line.cellCount === 1) line.totalMs = shownMs(line)
    line.cellCount -= 1
    settle(sitting, view, line)
  }
  function setAll(turn: (shown: ShownPhoto) => void) {
    for (const shown of cells.values()) turn(shown)
  }

  return {
    /**
     * This case is on screen now, with these photos: what was seen of it as somebody's prior does not count, nor a
     * photo that another one has taken the place of.
     */
    begin(caseId: SessionId | undefined, photos: PhotosByView | null) {
      if (caseId !== now.caseId) {
        if (now.visible) setAll(stop)
        now.caseId = caseId
        if (now.visible) setAll(start)
      }
      now.photos = photos
      const sitting = caseId === undefined ? undefined : sittings.get(caseId)
      if (sitting === undefined || photos === null) return
      const replaced = [...sitting.lines].filter(([view, line]) => photos.get(view) !== line.photo)
      for (const [view, line] of replaced) {
        clearTimeout(line.timer)
        sitting.lines.delete(view)
      }
      if (replaced.length === 0) return
      sitting.seen = new Set([...sitting.seen].filter((view) => sitting.lines.has(view)))
      for (const listener of listeners) listener()
    },
    /** Another window of the same person had it on screen for long enough. */
    learn({ sessionId, view, photo }: ShownPhoto) {
      if (sessionId !== now.caseId || now.photos?.get(view) !== photo) return
      const sitting = sittingOf(sessionId)
      const line = sitting.lines.get(view) ?? newLine(photo)
      if (line.photo !== photo) return
      sitting.lines.set(view, line)
      line.totalMs = Math.max(line.totalMs, now.needMs)
      settle(sitting, view, line)
    },
    /** The practice's rule: how long each has to be there. */
    setNeed(needMs: number) {
      now.needMs = needMs
      const sitting = now.caseId === undefined ? undefined : sittings.get(now.caseId)
      for (const [view, line] of sitting?.lines ?? []) if (sitting !== undefined) settle(sitting, view, line)
    },
    /** What a cell shows now; null when its photo is gone, hidden or not decoded. */
    show(cell: string, shown: ShownPhoto | null) {
      const before = cells.get(cell)
      if (before !== undefined && now.visible) stop(before)
      cells.delete(cell)
      if (shown === null) return
      cells.set(cell, shown)
      if (now.visible) start(shown)
    },
    setVisible(visible: boolean) {
      if (visible === now.visible) return
      now.visible = visible
      setAll(visible ? start : stop)
    },
    viewsOf: (sessionId: SessionId): ReadonlySet<View> => sittings.get(sessionId)?.seen ?? NONE,
    subscribe: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
