/**
 * The only two channels between window and main process, and the only addresses of the preview: the name of a call or
 * an event travels inside and is looked up in the tables of ipc.ts.
 */
export const CALL_CHANNEL = 'loupe:call'
export const EVENT_CHANNEL = 'loupe:event'

/** Address of the window itself in the desktop app; every call must come from it. */
export const APP_ORIGIN = 'app://workstation'

/** Address of the second window, which shows the compare view of the case in the first. */
export const COMPARE_PATH = '/compare'

/** Paths that the preview answers on 127.0.0.1. */
export const PREVIEW_PATHS = { call: '/call', events: '/events', photo: '/photo', bridge: '/bridge.js' } as const
