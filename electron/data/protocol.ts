import type { CallName, EventName, Reply } from '../../preload/contract/ipc.ts'

/**
 * Messages between the host (electron/main or electron/preview) and the data process. Structured clone on both
 * transports: a utilityProcess port in the app, child_process with `serialization: 'advanced'` in preview.
 */
export type ToData =
  | { readonly kind: 'call'; readonly id: number; readonly name: CallName; readonly input: unknown }
  | {
      readonly kind: 'photo'
      readonly id: number
      readonly hash: string
      readonly size: string
      /** Nobody needs it yet: answered from this computer or not at all. */
      readonly onlyKept: boolean
    }
  /** `lock` on idle, screen lock and suspend: the store closes and its key is zeroed. `shutdown`: close cleanly and exit. */
  | { readonly kind: 'power'; readonly what: 'lock' | 'shutdown' }

export type FromData =
  | { readonly kind: 'ready' }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply }
  /** `bytes` is null when the photo is not in the local cache (yet): the window hears `photo.arrived` later. */
  | { readonly kind: 'photo'; readonly id: number; readonly bytes: Uint8Array | null; readonly mediaType: string }
  | { readonly kind: 'event'; readonly name: EventName; readonly body: unknown }

/** Arguments of the data process, as `--name value`. */
export type DataOptions = {
  /** Folder of this workstation's store, photo cache and key record. */
  readonly dataDir: string
  readonly serverUrl: string
  /** PEM file of the one authority that is trusted for the server; null for the system's own list. */
  readonly caFile: string | null
  readonly version: string
  /** Instead of what the practice's rules say: tests and torture that cannot wait so long. No host gives it. */
  readonly graceMs?: number
  /** How long whoever leaves waits for what is being sent: tests on a machine that has much else to do. No host gives it. */
  readonly leaveMs?: number
}
