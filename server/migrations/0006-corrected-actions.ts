import { type Kysely, sql } from 'kysely'

/** An action for a patient that was corrected after it had left. `action_one_winner` holds on: at most one has won. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  'alter table action drop constraint action_outcome_check',
  `alter table action
     add constraint action_outcome_check check (outcome in ('won', 'would_have_done', 'corrected')),
     add constraint action_corrected_check check (outcome <> 'corrected' or kind <> 'none')`,
]
