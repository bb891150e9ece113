import { AsyncLocalStorage } from 'node:async_hooks'
import { realTimers } from '../seams/timers.ts'
import { turns } from '../seams/turns.ts'
import type { GateConnection } from './connections.ts'

/** Where a request's work in the database stops: before its n-th statement, or before the n-th `commit`. */
export type StopAt = { readonly statement: number } | { readonly commit: number }

/** One request inside the server, as the gate sees it. */
export type Visit = {
  readonly name: string
  /** Waits there until it is released. */
  holdAt: StopAt | null
  /** The server process ends there: open work is rolled back, nobody is answered. */
  dieAt: StopAt | null
  /** The server process ends right after that commit. */
  dieAfterCommit: number | null
  statements: number
  commits: number
  /** Its own code runs: no statement of it waits for anything. */
  running: boolean
  dead: boolean
}

type Waiting = {
  readonly visit: Visit
  readonly connection: GateConnection
  readonly text: string
  readonly execute: () => Promise<unknown>
  readonly resolve: (result: unknown) => void
  readonly reject: (cause: unknown) => void
  held: boolean
}
type Outcome = { readonly waiting: Waiting; readonly end: () => void }
type Blocked = Waiting & { outcome: Outcome | undefined }

export const visits = new AsyncLocalStorage<Visit>()

/** Of each connection that waits for a lock: which ones hold it, as PostgreSQL says. */
export type ListBlockers = (pids: readonly number[]) => Promise<ReadonlyMap<number, readonly number[]>>

export type StatementGate = ReturnType<typeof createStatementGate>

/**
 * Every statement of the server passes here one at a time, in an order that depends on nothing but the run: PostgreSQL
 * itself decides what a statement sees and whom it waits for. One that waits for a lock of a held transaction is set
 * aside until PostgreSQL lets it go on.
 */
export function createStatementGate(ports: { readonly listBlockers: ListBlockers }) {
  const state = {
    waiting: [] as Waiting[],
    blocked: [] as Blocked[],
    finished: [] as Outcome[],
    visits: new Set<Visit>(),
    /** Whose statement a connection ran last. */
    usedBy: new Map<GateConnection, Visit>(),
    killed: false,
    statementCount: 0,
    blockedCount: 0,
  }

  const ask = (visit: Visit, connection: GateConnection, text: string, execute: () => Promise<unknown>) =>
    new Promise<unknown>((resolve, reject) => {
      visit.running = false
      state.usedBy.set(connection, visit)
      state.waiting.push({ visit, connection, text, execute, resolve, reject, held: false })
    })

  const killAll = (): void => {
    for (const visit of state.visits) visit.dead = true
    for (const one of state.waiting) one.held = false
    state.killed = true
  }

  /** PostgreSQL's part of a server's end: whatever its connections had open is rolled back. */
  const rollBackDead = async (): Promise<void> => {
    state.killed = false
    for (const [connection, visit] of state.usedBy) {
      if (visit.dead && !state.blocked.some((one) => one.connection === connection)) await connection.rollBack()
    }
    await settleBlocked()
  }

  /** Undefined when nothing can go on without a release. What was sent behind a held statement stays behind it. */
  const takeNext = (): Waiting | undefined => {
    const held = new Set(state.waiting.filter((one) => one.held).map(({ connection }) => connection))
    const index = state.waiting.findIndex(({ connection }) => !held.has(connection))
    return index === -1 ? undefined : state.waiting.splice(index, 1)[0]
  }
  /** Statements that were sent together: its code goes on when the last of them is answered. */
  const waitsForMore = (visit: Visit): boolean =>
    [...state.waiting, ...state.blocked].some((one) => one.visit === visit) ||
    state.finished.some(({ waiting }) => waiting.visit === visit)

  const perform = async (next: Waiting): Promise<void> => {
    const { visit, connection } = next
    if (visit.dead) return refuse(next)
    const isCommit = next.text === 'commit'
    const at = { statement: visit.statements + 1, commit: isCommit ? visit.commits + 1 : -1 }
    if (isAt(visit.dieAt, at)) {
      killAll()
      return refuse(next)
    }
    if (isAt(visit.holdAt, at)) {
      visit.holdAt = null
      state.waiting.unshift({ ...next, held: true })
      return
    }
    visit.statements += 1
    state.statementCount += 1
    const running = { ...next, outcome: undefined as Outcome | undefined }
    const done = track(running)
    if (othersOpen(connection) && !(await waitUntilClear(running, done))) {
      state.blocked.push(running)
      state.blockedCount += 1
      return
    }
    await done
    if (isCommit) visit.commits += 1
    if (isCommit && visit.dieAfterCommit === visit.commits) killAll()
    if (running.outcome !== undefined) state.finished.push(running.outcome)
    if (ENDS.test(next.text)) await settleBlocked()
  }

  /** The server's process is gone: what it had open PostgreSQL rolls back. */
  const refuse = async ({ connection, visit, reject, resolve, text }: Waiting): Promise<void> => {
    await connection.rollBack()
    await settleBlocked()
    visit.running = !waitsForMore(visit)
    if (text === 'rollback') resolve({ rows: [], rowCount: 0, command: 'ROLLBACK' })
    else reject(connectionLost())
  }

  const track = (running: Blocked): Promise<void> =>
    running.execute().then(
      (result) => void (running.outcome = { waiting: running, end: () => running.resolve(result) }),
      (cause: unknown) => void (running.outcome = { waiting: running, end: () => running.reject(cause) }),
    )

  const othersOpen = (connection: GateConnection): boolean =>
    [...state.usedBy.keys()].some((other) => other !== connection && other.isOpen())

  /** @returns false when it waits for a lock that only somebody else's end gives free */
  const waitUntilClear = async (running: Blocked, done: Promise<void>): Promise<boolean> => {
    for (;;) {
      await Promise.race([done, soon()])
      if (running.outcome !== undefined) return true
      const { pid } = running.connection
      const blockers = await ports.listBlockers([pid, ...state.blocked.map(({ connection }) => connection.pid)])
      // In a circle PostgreSQL ends one of them in a moment.
      if (blockers.has(pid) && !waitsForItself(pid, blockers) && running.outcome === undefined) return false
    }
  }

  /** After somebody's end: whoever is free now has come to its own end too, or waits for the next one. */
  const settleBlocked = async (): Promise<void> => {
    for (;;) {
      const open = state.blocked.filter(({ outcome }) => outcome === undefined)
      const still = await ports.listBlockers(open.map(({ connection }) => connection.pid))
      if (open.every(({ outcome, connection }) => outcome !== undefined || still.has(connection.pid))) break
      await soon()
    }
    for (const one of state.blocked.filter(({ outcome }) => outcome !== undefined)) {
      state.blocked.splice(state.blocked.indexOf(one), 1)
      if (one.outcome !== undefined) state.finished.push(one.outcome)
      if (ENDS.test(one.text)) await settleBlocked()
    }
  }

  return {
    ask,
    begin: (visit: Visit) => void state.visits.add(visit),
    end: (visit: Visit) => {
      visit.running = false
      state.visits.delete(visit)
    },
    statementCount: () => state.statementCount,
    /** Statements that waited for somebody's lock. */
    blockedCount: () => state.blockedCount,
    heldVisits: (): Visit[] => state.waiting.filter(({ held }) => held).map(({ visit }) => visit),
    release: (visit: Visit) => {
      for (const one of state.waiting) if (one.visit === visit) one.held = false
    },
    /** The server's process ends: everything that it was doing is over, nobody is answered. */
    killAll,
    /** Until everybody inside the server is held, waits for one who is, or has been answered. */
    settle: async (): Promise<void> => {
      for (let idle = 0; ; ) {
        await drain()
        if ([...state.visits].some(({ running }) => running)) {
          idle += 1
          if (idle > 20_000)
            throw new Error(
              `${[...state.visits].find(({ running }) => running)?.name} waits inside the server for something that the simulator does not know`,
            )
          continue
        }
        idle = 0
        if (state.killed) await rollBackDead()
        const finished = state.finished.shift()
        if (finished?.waiting.visit.dead === true) {
          await refuse(finished.waiting)
          continue
        }
        if (finished !== undefined) {
          finished.waiting.visit.running = !waitsForMore(finished.waiting.visit)
          finished.end()
          continue
        }
        const next = takeNext()
        if (next === undefined) return
        await perform(next)
      }
    },
  }
}

function waitsForItself(pid: number, blockers: ReadonlyMap<number, readonly number[]>): boolean {
  const seen = new Set<number>()
  const reach = (from: number): boolean =>
    (blockers.get(from) ?? []).some((next) => next === pid || (!seen.has(next) && seen.add(next) && reach(next)))
  return reach(pid)
}

const ENDS = /^(commit|rollback)/

function isAt(stop: StopAt | null, at: { statement: number; commit: number }): boolean {
  if (stop === null) return false
  return 'statement' in stop ? stop.statement === at.statement : stop.commit === at.commit
}

function connectionLost(): Error {
  return Object.assign(new Error('the server has ended'), { code: 'ECONNRESET' })
}

/**
 * Everything that follows by itself has followed: promises and ticks run dry before the next turn of the event loop, and
 * turns that the product gives away are counted.
 */
export async function drain(): Promise<void> {
  do await new Promise<void>((resolve) => void realTimers.setImmediate(resolve))
  while (turns.areGiven())
}

function soon(): Promise<void> {
  return new Promise((resolve) => realTimers.setTimeout(resolve, 1))
}
