import type { Bridge } from '../../preload/contract/ipc.ts'

declare global {
  interface Window {
    /** Set by preload/bridge.ts (Electron) or by the preview's own script; absent when neither ran. */
    readonly loupe?: Bridge
  }
}

export function findWindowBridge(): Bridge | undefined {
  return window.loupe
}
