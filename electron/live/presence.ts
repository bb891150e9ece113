import { setTimeout as sleep } from 'node:timers/promises'
import type { SessionId } from '../../server/contract/domain/ids.ts'
import { type Presence, PRESENCE_TTL_MS } from '../../server/contract/live/presence.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { Logger } from '../platform/logger.ts'

/** Well within PRESENCE_TTL_MS, so that one lost request closes no case. */
export const SAY_AGAIN_MS = 20_000
/** A case that is only passed by is told nobody: somebody reviewing goes through four of them in a second. */
export const STAYS_MS = 500
/** A window that said nothing for so long has gone without a word: its case is not said to be open for ever. */
const UNHEARD_MS = 20 * 60_000
/** Locking must not take longer than a second in all. */
const LEAVE_WITHIN_MS = 300

type Open = Presence['open'][number]
export type PresenceSeams = {
  /** Says it to the server in the signed-in person's name; fails with an AppError. */
  readonly tell: (sessionId: SessionId | null) => Promise<unknown>
  /** Nobody is told while nobody is signed in. */
  readonly personId: () => string | null
  readonly practiceId: () => string | null
  /** {@link PresenceLine.list} answers otherwise than before. */
  readonly onChange: () => void
  readonly logger: Logger
  /** A clock that nobody sets. */
  readonly steadyMs?: () => number
}
export type PresenceLine = {
  /** The case on screen, null for none. */
  show(sessionId: SessionId | null): void
  /** What the server says of the whole practice: it replaces what it said before, and holds while the line does. */
  heard(message: Presence): void
  /** Nobody tells of changes any more: what was heard is believed for PRESENCE_TTL_MS. */
  lineLost(): void
  /** Who has what open, this person left out. */
  list(): readonly Open[]
  /** Before locking or signing out: the others see at once that the case is closed, if that can be said quickly. */
  leave(): Promise<void>
  stop(): void
}

/** Who has which case open: said and heard, never a lock. Whatever fails here is logged and otherwise without consequence. */
export function createPresence(seams: PresenceSeams): PresenceLine {
  const steadyMs = seams.steadyMs ?? (() => performance.now())
  const state = {
    shown: null as SessionId | null,
    shownAtMs: 0,
    again: undefined as NodeJS.Timeout | undefined,
    soon: undefined as NodeJS.Timeout | undefined,
    /** What the server was told last. */
    told: null as SessionId | null,
    telling: Promise.resolve(),
    open: [] as readonly Open[],
    over: undefined as NodeJS.Timeout | undefined,
  }

  const tell = (sessionId: SessionId | null): Promise<void> => {
    if (seams.personId() === null) return Promise.resolve()
    const one = async () => {
      if (sessionId !== null && sessionId !== state.shown) return // another case is on screen by now
      if (sessionId === null && state.told === null) return
      state.told = sessionId
      await seams
        .tell(sessionId)
        .catch((cause: unknown) => seams.logger.info('presence.not-told', { code: AppError.from(cause).code }))
    }
    state.telling = state.telling.then(one) // in order: "closed" must not be overtaken by "open"
    return state.telling
  }
  const sayAgain = () => {
    clearInterval(state.again)
    state.again = undefined
    if (state.shown === null) return
    state.again = setInterval(() => {
      if (steadyMs() - state.shownAtMs < UNHEARD_MS) void tell(state.shown)
      else show(null)
    }, SAY_AGAIN_MS).unref()
  }
  const show = (sessionId: SessionId | null) => {
    state.shownAtMs = steadyMs()
    if (sessionId === state.shown) return
    state.shown = sessionId
    sayAgain()
    clearTimeout(state.soon)
    if (sessionId === null) void tell(null)
    else state.soon = setTimeout(() => void tell(sessionId), STAYS_MS).unref()
  }
  const list = () => {
    const me = seams.personId()
    return me === null ? [] : state.open.filter(({ personId }) => personId !== me)
  }
  const replace = (open: readonly Open[]) => {
    const before = JSON.stringify(list())
    state.open = open
    if (JSON.stringify(list()) !== before) seams.onChange()
  }

  return {
    show,
    heard: ({ practice, open }) => {
      if (practice !== seams.practiceId()) return
      clearTimeout(state.over)
      state.over = undefined
      replace(open)
    },
    lineLost: () => {
      state.over ??= setTimeout(() => replace([]), PRESENCE_TTL_MS).unref()
    },
    list,
    leave: async () => {
      if (state.shown === null) return
      show(null)
      await Promise.race([state.telling, sleep(LEAVE_WITHIN_MS, undefined, { ref: false })])
    },
    stop: () => {
      clearInterval(state.again)
      clearTimeout(state.soon)
      clearTimeout(state.over)
      state.open = []
    },
  }
}
