import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

export const Bounds = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(640), height: z.int().min(480) })
export type Bounds = z.infer<typeof Bounds>
export const WindowState = Bounds.extend({ maximized: z.boolean() })
export type WindowState = z.infer<typeof WindowState>

export type WindowStateFile = {
  find(displays: readonly Bounds[]): WindowState | undefined
  save(state: WindowState): void
}

/** Where the window was, beside the store. */
export function createWindowState(dataDir: string): WindowStateFile {
  const file = path.join(dataDir, 'window.json')
  return {
    find: (displays) => {
      const state = readState(file)
      return state !== undefined && displays.some((display) => isReachable(state, display)) ? state : undefined
    },
    save: (state) => {
      try {
        writeFileSync(file, JSON.stringify(state))
      } catch {
        // a full disk or a folder that may not be written to: it costs the window its place, and must not keep it open
      }
    },
  }
}

/** A missing, old or damaged file only costs the window its place. */
function readState(file: string): WindowState | undefined {
  try {
    return WindowState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

/** Enough of the title bar must lie on a display that is still there to drag the window by. */
export function isReachable(state: Bounds, display: Bounds): boolean {
  const marginPx = 80
  return (
    state.x + state.width > display.x + marginPx &&
    state.x < display.x + display.width - marginPx &&
    state.y >= display.y &&
    state.y < display.y + display.height - marginPx
  )
}
