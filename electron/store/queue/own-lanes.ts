import { ownLane, type OwnLane } from '../../../preload/contract/queue.ts'
import { matchesLane, type Moment, type PracticeLane } from '../../../server/contract/domain/practice-rules.ts'
import { dayOf } from '../../platform/day-of.ts'
import type { ReadDb } from '../db.ts'
import { rulesInForce } from '../practice/rules.ts'
import type { Entry } from './queue-order.ts'

/** The practice's own lanes, as its rules say now. */
export function createOwnLanes(db: ReadDb) {
  const state = { lanes: lanesOf(db) }
  return {
    names: (): readonly OwnLane[] => [...state.lanes.keys()],
    refresh: (from: ReadDb) => {
      state.lanes = lanesOf(from)
    },
    /** What the lane's list depends on besides the rows: its conditions, and what time adds to it. */
    freshness: (name: OwnLane, nowMs: number): unknown => {
      const conditions = state.lanes.get(name)?.conditions ?? []
      const isIn = (kind: string) => conditions.some(({ is }) => is === kind)
      return [conditions, isIn('waiting_longer') ? Math.floor(nowMs / 60_000) : 0, isIn('goal_due') ? dayOf(nowMs) : '']
    },
    /** Of undecided scans alone; a lane that has gone from the rules holds none. */
    holds: (name: OwnLane, nowMs: number): ((entry: Entry) => boolean) => {
      const lane = state.lanes.get(name)
      const at = { nowMs, today: dayOf(nowMs) }
      return lane === undefined ? () => false : (entry) => entry.state === 'waiting' && isHeld(lane, entry, at)
    },
  }
}

function lanesOf(db: ReadDb): ReadonlyMap<OwnLane, PracticeLane> {
  return new Map(rulesInForce(db).lanes.map((lane) => [ownLane(lane), lane]))
}

function isHeld(lane: PracticeLane, entry: Entry, at: Moment): boolean {
  const { facts } = entry.group
  if (facts === undefined) return false
  const { missing: missingViews, submittedAtMs } = entry
  const scan = { missingViews, submittedAtMs, flagged: entry.flagged === 1, firstScan: entry.firstScan === 1 }
  return matchesLane(lane, scan, facts, at)
}
