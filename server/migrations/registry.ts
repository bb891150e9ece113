import type { Migration } from 'kysely/migration'
import * as foundation from './0001-foundation.ts'
import * as demoIdp from './0002-demo-idp.ts'
import * as feedHeads from './0003-feed-heads.ts'
import * as settledMutations from './0004-settled-mutations.ts'
import * as practiceRules from './0005-practice-rules.ts'
import * as correctedActions from './0006-corrected-actions.ts'
import * as appendAudit from './0007-append-audit.ts'
import * as fewerCalls from './0008-fewer-calls.ts'

/** Every numbered file of this folder, in order. A file that is not here does not run; a test compares the two. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-demo-idp': demoIdp,
  '0003-feed-heads': feedHeads,
  '0004-settled-mutations': settledMutations,
  '0005-practice-rules': practiceRules,
  '0006-corrected-actions': correctedActions,
  '0007-append-audit': appendAudit,
  '0008-fewer-calls': fewerCalls,
}
