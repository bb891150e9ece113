import { checkAtTheEnd } from './checks/at-the-end.ts'
import { execute, raiseTheDead } from './execute.ts'
import { heal } from './heal.ts'
import type { Machine } from './machine.ts'
import type { Plan } from './plan/steps.ts'
import { describe, openWorld, type World } from './world.ts'

export type Counts = {
  readonly requests: number
  readonly decided: number
  readonly statements: number
  /** Statements that waited for another transaction. */
  readonly waited: number
  /** Processes of workstations that ended. */
  readonly crashes: number
}
export type Outcome = {
  /** Of everything that went over the line and every step: the same plan gives the same. */
  readonly hash: string
  readonly failure: string | null
  readonly counts: Counts
  readonly lines: readonly string[]
}

/** One run: its steps, healing, and what must hold. */
export async function runPlan(machine: Machine, plan: Plan, keepTrace = false): Promise<Outcome> {
  const { gate } = machine.server
  const before = { statements: gate.statementCount(), waited: gate.blockedCount() }
  const world = await openWorld(machine, plan, keepTrace)
  const failure = await findFailure(world)
  const outcome: Outcome = {
    hash: world.trace.hash(),
    failure,
    counts: {
      requests: world.network.requestCount(),
      decided: world.ledger.decided.size,
      statements: gate.statementCount() - before.statements,
      waited: gate.blockedCount() - before.waited,
      crashes: world.stations.reduce((sum, { state }) => sum + state.lives - 1, 0),
    },
    lines: world.trace.lines,
  }
  await abandon(world)
  return outcome
}

async function findFailure(world: World): Promise<string | null> {
  try {
    await raiseTheDead(world) // in the middle of the first copy
    for (const step of world.plan.steps) {
      await execute(world, step)
      for (const watch of world.watches) watch.check()
      throwFirst(world)
    }
    await heal(world)
    for (const watch of world.watches) watch.check()
    throwFirst(world)
    await checkAtTheEnd(world)
    return null
  } catch (cause) {
    return (
      world.ledger.violations[0]?.message ??
      (cause instanceof Error && 'rule' in cause ? cause.message : describe(cause))
    )
  }
}

function throwFirst(world: World): void {
  const [first] = world.ledger.violations
  if (first !== undefined) throw first
}

/** Nothing of this run may reach into the next one. */
async function abandon(world: World): Promise<void> {
  const { gate } = world.machine.server
  for (const station of world.stations) station.disk().kill()
  gate.killAll()
  for (const held of world.network.held()) held.release()
  await gate.settle()
  gate.killAll()
  await gate.settle()
  world.close()
}
