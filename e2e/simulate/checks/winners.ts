import type { Action } from '../../../server/contract/domain/reads.ts'
import { isPatientFacing } from '../../../server/contract/domain/tags.ts'
import type { SimPractice, World } from '../world.ts'
import type { Head } from './feed.ts'
import { Violation } from './ledger.ts'

type Row = Pick<Action, 'id' | 'sessionId' | 'readId' | 'kind' | 'outcome'> & {
  /** As its read says it. */
  readonly corrects: string | null
}

/**
 * Of what was decided for a patient on one session exactly one action stands; what stood before was corrected by the
 * one that took its place, one after the other from the first to the last. Everybody is told of each as it is now.
 */
export async function checkWinners(world: World, practice: SimPractice, heads: readonly Head[]): Promise<void> {
  const rows = await world.machine.cluster.look<Row>(
    `select a.action_id as id, a.session_id as "sessionId", a.read_id as "readId", a.kind, a.outcome,
            r.body->'corrects'->>'actionId' as corrects
       from action a join read r using (practice_id, read_id) where a.practice_id = $1 order by a.action_id`,
    [practice.id],
  )
  checkTold(rows, heads)
  const forPatients = rows.filter(({ kind }) => isPatientFacing(kind))
  for (const sessionId of new Set(forPatients.map((row) => row.sessionId)))
    checkSession(
      sessionId,
      forPatients.filter((row) => row.sessionId === sessionId),
    )
}

function checkSession(sessionId: string, rows: readonly Row[]): void {
  const won = rows.filter(({ outcome }) => outcome === 'won')
  if (won.length !== 1) throw new Violation('one action stands', `${won.length} have won on the session ${sessionId}`)
  const corrected = new Set(rows.filter(({ outcome }) => outcome === 'corrected').map(({ id }) => id as string))
  // Back from the winner, each names the one whose place it took, until the first, which took nobody's.
  let [at] = won
  while (at !== undefined) {
    const former = rows.find(({ id }) => id === at?.corrects)
    if (former !== undefined && !corrected.delete(former.id))
      throw new Violation('one action stands', `${at.id} took the place of ${former.id}, which is ${former.outcome}`)
    at = former
  }
  if (corrected.size > 0)
    throw new Violation('one action stands', `nothing took the place of ${[...corrected].join()}, which is corrected`)
}

function checkTold(rows: readonly Row[], heads: readonly Head[]): void {
  // Written by the server through the entity's own schema.
  const told = new Map(
    heads.filter(({ entity, op }) => entity === 'action' && op === 'put').map(({ id, body }) => [id, body as Action]),
  )
  for (const { id, outcome } of rows) {
    const said = told.get(id)
    if (said !== undefined && said.outcome !== outcome)
      throw new Violation('everybody is told what stands', `${id} is ${outcome}, and the feed says ${said.outcome}`)
  }
}
