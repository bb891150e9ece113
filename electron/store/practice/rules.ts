import type { PracticeId } from '../../../server/contract/domain/ids.ts'
import { type PracticeRules, STANDARD_RULES } from '../../../server/contract/domain/practice-rules.ts'
import { bodyOf, type ReadDb } from '../db.ts'
import { sql } from '../statements.ts'

type Values = Omit<PracticeRules, 'id'>

/**
 * What holds in this practice, as this workstation sees it: the server's row, or the standard one before anybody
 * changed anything, with the changes made here on top, each over the one before.
 */
export function rulesInForce(db: ReadDb): Values {
  const row = sql<{ body: string }>(db, 'SELECT body FROM practice_rules LIMIT 1').get()
  const made = sql<{ args: string }>(
    db,
    `SELECT args FROM overlay WHERE entity_id IS NOT NULL AND name = 'rules.change' ORDER BY position`,
  ).all()
  const { id: _, ...values } = row === undefined ? { ...STANDARD_RULES, id: null } : bodyOf<PracticeRules>(row.body)
  return made.reduce<Values>((seen, { args }) => ({ ...seen, ...bodyOf<{ set: Partial<Values> }>(args).set }), values)
}

export function getRules(db: ReadDb, id: PracticeId): PracticeRules {
  return { ...rulesInForce(db), id }
}
