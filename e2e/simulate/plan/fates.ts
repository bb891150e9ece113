import type { StopAt } from '../server/sim-server.ts'

/** What becomes of one request of a workstation. Those without a fate of their own arrive and are answered. */
export type Fate =
  | { readonly kind: 'ok' }
  /** No byte left. */
  | { readonly kind: 'refused' }
  /** It left, and was lost on the way. */
  | { readonly kind: 'lost' }
  /** The server did it; the answer was lost. */
  | { readonly kind: 'answer-lost' }
  /** The workstation gave up waiting; the request is still on its way and arrives at some `stale`. */
  | { readonly kind: 'late' }
  /** Answered, and a copy of it is still on its way. */
  | { readonly kind: 'twice' }
  /** It waits before the server, or its answer before the workstation, until it is let go. */
  | { readonly kind: 'slow'; readonly half: 'request' | 'answer' }
  /** Its transaction stands still in the server until it is let go. */
  | { readonly kind: 'hold'; readonly at: StopAt }
  /** The server ends while it works on it. */
  | { readonly kind: 'die'; readonly at: StopAt }
  /** The server ends right after that commit. */
  | { readonly kind: 'die-after'; readonly commit: number }
  /** The sign-in is over. */
  | { readonly kind: 'expired' }
  /** Something else answered in the server's place. */
  | { readonly kind: 'proxy' }
  | { readonly kind: 'busy' }
  /** Of a photo's bytes: cut off, or others. */
  | { readonly kind: 'truncated' }
  | { readonly kind: 'garbled' }
