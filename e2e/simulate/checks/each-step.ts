import type { Station } from '../workstation/station.ts'
import { type Ledger, Violation } from './ledger.ts'

type Shown = { readonly readId: string; readonly sessionId: string }

export type Watch = ReturnType<typeof watchStation>

/** What must hold on a workstation at every moment, whatever is broken around it. */
export function watchStation(station: Station, ledger: Ledger) {
  const state = { shown: new Map<string, string>() }

  /** Nothing that was decided is nowhere: it waits, or is listed for its author, or the server has spoken. */
  const checkNothingLost = () => {
    const here = new Set(
      station
        .raw()
        .prepare<[], { id: string }>('SELECT mutation_id AS id FROM outbox UNION SELECT mutation_id FROM attention')
        .all()
        .map(({ id }) => id),
    )
    for (const one of ledger.decided.values()) {
      if (one.station !== station.name || one.takenBack) continue
      if (!here.has(one.mutationId) && !ledger.verdicts.has(one.mutationId))
        throw new Violation('nothing decided is nowhere', `${one.name} ${one.mutationId} on ${station.name}`)
    }
  }

  /** Reads only grow, in this workstation's own view too. */
  const checkReadsGrow = () => {
    const now = new Map(listShown(station).map(({ readId, sessionId }) => [readId, sessionId]))
    for (const [readId, sessionId] of state.shown) {
      if (now.has(readId) || mayVanish(readId, sessionId)) continue
      throw new Violation('reads only grow', `the read ${readId} is gone from the view of ${station.name}`)
    }
    state.shown = now
  }

  const mayVanish = (readId: string, sessionId: string): boolean => {
    if (ledger.withdrawn.has(sessionId)) return true
    const one = [...ledger.decided.values()].find((decided) => decided.readId === readId)
    if (one === undefined) return false
    if (one.takenBack) return true
    const listed = station.raw().prepare('SELECT 1 FROM attention WHERE mutation_id = ?').get(one.mutationId)
    return listed !== undefined && one.station === station.name
  }

  return {
    /** Damage that the run itself did is no vanishing. */
    forget: (readId: string) => void state.shown.delete(readId),
    check: () => {
      checkNothingLost()
      checkReadsGrow()
    },
  }
}

export function listShown(station: Station): Shown[] {
  return station
    .raw()
    .prepare<[], Shown>(
      `SELECT r.id AS readId, r.session_id AS sessionId FROM read r JOIN session s ON s.id = r.session_id
       UNION SELECT o.read_id, o.session_id FROM overlay o JOIN session s ON s.id = o.session_id`,
    )
    .all()
}
