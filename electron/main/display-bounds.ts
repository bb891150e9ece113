import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { type Bounds, isReachable, WindowState } from './window-state.ts'

/** A monitor as Electron names it; its id lasts for as long as the monitor is the same. */
export type DisplayArea = { readonly id: number; readonly workArea: Bounds }

const Kept = z.strictObject({ lastDisplayId: z.number(), byDisplay: z.record(z.string(), WindowState) })
type Kept = z.infer<typeof Kept>
const NOTHING: Kept = { lastDisplayId: 0, byDisplay: {} }
/** A laptop sees a few docks in its life; more is a damaged file. */
const MOST_DISPLAYS = 20

export type DisplayBounds = {
  /** Where the second window goes; undefined where nothing speaks for a place. */
  find(displays: readonly DisplayArea[], mainDisplayId: number): WindowState | undefined
  save(displayId: number, state: WindowState): void
}

/** Where the compare window was on each display, beside the store. */
export function createDisplayBounds(dataDir: string): DisplayBounds {
  const file = path.join(dataDir, 'compare-window.json')
  return {
    find(displays, mainDisplayId) {
      const kept = readKept(file)
      const others = displays.filter(({ id }) => id !== mainDisplayId)
      const last = displays.filter(({ id }) => id === kept.lastDisplayId)
      for (const display of [...last, ...others]) {
        const state = kept.byDisplay[display.id]
        // A display can come back smaller, or at another place.
        if (state !== undefined && isReachable(state, display.workArea)) return state
      }
      const [second] = others
      return second === undefined ? undefined : { ...second.workArea, maximized: true }
    },
    save(displayId, state) {
      const { byDisplay } = readKept(file)
      const others = Object.entries(byDisplay).filter(([id]) => id !== String(displayId))
      const kept: Kept = {
        lastDisplayId: displayId,
        byDisplay: Object.fromEntries([...others.slice(1 - MOST_DISPLAYS), [String(displayId), state]]),
      }
      try {
        writeFileSync(file, JSON.stringify(kept))
      } catch {
        // a full disk or a folder that may not be written to: it costs the window its place, and must not keep it open
      }
    },
  }
}

/** A missing, old or damaged file only costs the window its place. */
function readKept(file: string): Kept {
  try {
    return Kept.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data ?? NOTHING
  } catch {
    return NOTHING
  }
}
