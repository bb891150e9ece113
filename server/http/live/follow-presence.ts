import type { PracticeId } from '../../contract/domain/ids.ts'
import { PRESENCE_TTL_MS, type Presence } from '../../contract/live/presence.ts'
import type { Logger } from '../../platform/logger.ts'
import { lookUntil } from './look-until.ts'

/** Who has which case open, of all server processes on the same database. */
export type PresencePort = {
  /** Of these practices, those heard since then; in one order, so that two answers about the same are the same. */
  list(practices: readonly PracticeId[], sinceMs: number): Promise<{ practice: PracticeId; open: Presence['open'] }[]>
  /** Deletes what was heard before then, whichever practice it is of. */
  forget(beforeMs: number): Promise<void>
}

/** As long as the schema of the message allows; a practice with more is told of the first ones. */
const MOST_OPEN = 500
const FORGET_EVERY_MS = 10_000

/**
 * Tells the sockets of a practice who has which case open, whenever that has changed: looked up every so often for all
 * practices with a socket here in one question, so that many beats cost one message, what other processes heard is
 * told too, and what was not heard for too long is gone by itself. A failure is logged and asked again.
 */
export function followPresence(ports: {
  readonly presence: PresencePort
  /** Those with a socket here that reads the message. */
  readonly practices: () => readonly PracticeId[]
  readonly send: (practice: PracticeId, text: string) => void
  readonly log: Logger
  readonly everyMs: number
  readonly nowMs: () => number
}): { readonly joined: (practice: PracticeId) => void; stop(): Promise<void> } {
  /** The text that was told last. */
  const told = new Map<PracticeId, string>()
  const state = { forgotAtMs: 0 }
  const look = async () => {
    const oldestMs = ports.nowMs() - PRESENCE_TTL_MS
    if (ports.nowMs() - state.forgotAtMs >= FORGET_EVERY_MS) {
      await ports.presence.forget(oldestMs)
      state.forgotAtMs = ports.nowMs()
    }
    const practices = ports.practices()
    for (const practice of told.keys()) if (!practices.includes(practice)) told.delete(practice)
    if (practices.length === 0) return
    const found = new Map(
      (await ports.presence.list(practices, oldestMs)).map(({ practice, open }) => [practice, open]),
    )
    for (const practice of practices) tell(practice, found.get(practice) ?? [])
  }
  const tell = (practice: PracticeId, open: Presence['open']) => {
    const message: Presence = { kind: 'presence', practice, open: open.slice(0, MOST_OPEN) }
    const text = JSON.stringify(message)
    if (told.get(practice) === text) return
    told.set(practice, text)
    ports.send(practice, text)
  }
  const stopping = new AbortController()
  const following = lookUntil(stopping.signal, ports.everyMs, () =>
    look().catch((cause: unknown) => ports.log.error('live.presence-failed', cause)),
  )
  return {
    // Told once more with the next look, though nothing has changed: a socket that has just opened knows nothing.
    joined: (practice) => void told.delete(practice),
    stop: () => {
      stopping.abort()
      return following
    },
  }
}
