import { ownLane, type OwnLane } from '../../../preload/contract/queue.ts'
import { matchesLane, type Moment, type PracticeLane } from '../../../server/contract/domain/practice-rules.ts'
import { dayOf } from '../../platform/day-of.ts'
import type { ReadDb } from '../db.ts'
import { rulesInForce } from '../practice/rules.ts'
import type { Entry } from './queue-order.ts'

/** As many as the rules may have; bits of lanes that have gone may still be set, and are asked by nobody. */
const MAX_LANES = 12

/** By the bits of an entry. */
export type OwnLaneSums = Uint32Array

type Held = {
  readonly name: OwnLane
  readonly lane: PracticeLane
  /** Its place in {@link Entry.own}. */
  readonly bit: number
  /** What its rows depend on besides themselves: its conditions, and what time adds to them; empty before the first look. */
  freshness: string
  at: Moment
}

/**
 * The practice's own lanes, as its rules say now. Each entry knows in its bits which of them hold it, so that a count
 * of all lanes asks no condition: these are asked again when a row, the rules, or what time adds to them have changed.
 */
export function createOwnLanes(db: ReadDb) {
  const state = { held: heldOf(db) }
  const mark = (entry: Entry, held: readonly Held[]) => {
    for (const { lane, bit, at, freshness } of held)
      if (freshness !== '') entry.own = isHeld(lane, entry, at) ? entry.own | (1 << bit) : entry.own & ~(1 << bit)
  }
  return {
    /** A new entry, at the moment of all others. */
    mark: (entry: Entry) => mark(entry, state.held),
    /** @returns whether the rules have other lanes now */
    refresh: (from: ReadDb): boolean => {
      const before = JSON.stringify(state.held.map(({ lane }) => lane))
      const held = heldOf(from)
      if (JSON.stringify(held.map(({ lane }) => lane)) === before) return false
      state.held = held
      return true
    },
    /** To this moment. @returns whether any lane was asked again: lists of such lanes are worth nothing then */
    bring: (entries: Iterable<Entry>, nowMs: number): boolean => {
      const at = momentOf(nowMs)
      const owed = state.held.filter((held) => held.freshness !== freshnessOf(held.lane, at))
      for (const held of owed) Object.assign(held, { at, freshness: freshnessOf(held.lane, at) })
      if (owed.length > 0) for (const entry of entries) mark(entry, owed)
      return owed.length > 0
    },
    /** Of undecided scans alone; a lane that has gone from the rules holds none. */
    holds: (name: OwnLane): ((entry: Entry) => boolean) => {
      const bit = state.held.find((held) => held.name === name)?.bit
      return bit === undefined ? () => false : ({ own }) => (own & (1 << bit)) !== 0
    },
    /** For a count: at each set of bits, how many entries have it. One step for an entry, however many lanes hold it. */
    newSums: (): OwnLaneSums => new Uint32Array(1 << MAX_LANES),
    counts: (sums: OwnLaneSums): Record<OwnLane, number> =>
      Object.fromEntries(
        state.held.map(({ name, bit }) => [
          name,
          sums.reduce((sum, count, own) => ((own & (1 << bit)) === 0 ? sum : sum + count), 0),
        ]),
      ),
  }
}

const NEVER: Moment = { nowMs: 0, today: '' }

/** Twelve at most: they fit into the bits of a small number. */
function heldOf(db: ReadDb): Held[] {
  return rulesInForce(db).lanes.map((lane, bit) => ({ name: ownLane(lane), lane, bit, freshness: '', at: NEVER }))
}

/** A wait is good for a minute, a day for a day. */
function freshnessOf({ conditions }: PracticeLane, { nowMs, today }: Moment): string {
  const minute = conditions.some(({ is }) => is === 'waiting_longer') ? Math.floor(nowMs / 60_000) : 0
  const day = conditions.some(({ is }) => is === 'goal_due') ? today : ''
  return JSON.stringify([conditions, minute, day])
}

export function momentOf(nowMs: number): Moment {
  return { nowMs, today: dayOf(nowMs) }
}

/** Undecided scans alone, of patients who are here. */
export function isHeld(lane: Pick<PracticeLane, 'conditions'>, entry: Entry, at: Moment): boolean {
  const { facts } = entry.group
  if (entry.state !== 'waiting' || facts === undefined) return false
  const { missing: missingViews, submittedAtMs } = entry
  const scan = { missingViews, submittedAtMs, flagged: entry.flagged === 1, firstScan: entry.firstScan === 1 }
  return matchesLane(lane, scan, facts, at)
}
