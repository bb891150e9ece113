import type { Clock } from './clock.ts'
import type { HttpsClient } from './https-client.ts'

/** Less than this is how clocks are. */
const TOLERATED_MS = 5 * 60_000
/** `Date` has whole seconds: on average half a second has gone by. */
const ROUNDED_OFF_MS = 500

export type ServerClock = {
  /** How far this computer's clock is ahead of the server's (behind: negative); null within five minutes, or unknown. */
  aheadMs(): number | null
}

/** Reads the time that the server puts on its answers. Nothing is ordered by it: a person is told to set their clock. */
export function watchServerClock(http: HttpsClient, serverUrl: string, clock: Clock): HttpsClient & ServerClock {
  const { origin } = new URL(serverUrl)
  const state = { aheadMs: null as number | null }
  return {
    ...http,
    aheadMs: () => state.aheadMs,
    send: async (request) => {
      const askedAtMs = clock.nowMs()
      const answer = await http.send(request)
      const { date, age } = answer.headers
      const saidMs = typeof date === 'string' && age === undefined ? Date.parse(date) : Number.NaN
      if (Number.isNaN(saidMs) || new URL(request.url).origin !== origin) return answer
      const aheadMs = Math.round((askedAtMs + clock.nowMs()) / 2 - saidMs - ROUNDED_OFF_MS)
      state.aheadMs = Math.abs(aheadMs) > TOLERATED_MS ? aheadMs : null
      return answer
    },
  }
}
