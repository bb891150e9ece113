import type { DisplayedEvent } from '../../../server/contract/sync/mutations.ts'
import type { ShownPhoto } from './use-displayed.ts'

type Line = { readonly shown: ShownPhoto; readonly atMs: number; totalMs: number; onCells: number; sinceMs: number }

/** Less than one frame was never on screen: a case that is being left while its panes go away. */
const FRAME_MS = 16

/** Times how long each photo is on screen. A photo in two cells at once counts once. */
export function createDisplayedLog(nowMs: () => number) {
  const lines = new Map<string, Line>()
  const cells = new Map<string, ShownPhoto>()
  let isVisible = true

  const keyOf = (shown: ShownPhoto) => `${shown.sessionId}/${shown.view}/${shown.photo}`
  function start(shown: ShownPhoto) {
    const now = nowMs()
    const line = lines.get(keyOf(shown)) ?? { shown, atMs: now, totalMs: 0, onCells: 0, sinceMs: now }
    if (line.onCells === 0) line.sinceMs = now
    line.onCells += 1
    lines.set(keyOf(shown), line)
  }
  function stop(shown: ShownPhoto) {
    const line = lines.get(keyOf(shown))
    if (line === undefined || line.onCells === 0) return
    line.onCells -= 1
    if (line.onCells === 0) line.totalMs += nowMs() - line.sinceMs
  }

  return {
    /** What a cell shows now; null when its photo is gone, hidden or not decoded. */
    show(cell: string, shown: ShownPhoto | null) {
      const before = cells.get(cell)
      if (before !== undefined && shown !== null && keyOf(before) === keyOf(shown)) return
      if (before !== undefined && isVisible) stop(before)
      cells.delete(cell)
      if (shown === null) return
      cells.set(cell, shown)
      if (isVisible) start(shown)
    },
    setVisible(visible: boolean) {
      if (visible === isVisible) return
      isVisible = visible
      const turn = visible ? start : stop
      for (const shown of cells.values()) turn(shown)
    },
    /** Everything since the last time, and starts again with what is on screen still. */
    take(): DisplayedEvent[] {
      const now = nowMs()
      const events = [...lines.values()].map(({ shown, atMs, totalMs, onCells, sinceMs }) => ({
        ...shown,
        atMs,
        shownMs: Math.max(0, Math.round(totalMs + (onCells > 0 ? now - sinceMs : 0))),
      }))
      lines.clear()
      if (isVisible) for (const shown of cells.values()) start(shown)
      return events.filter((event) => event.shownMs >= FRAME_MS).slice(0, 100)
    },
  }
}
