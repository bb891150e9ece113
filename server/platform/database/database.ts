import type { Kysely, Transaction } from 'kysely'
import type { PersonId, PracticeId, SessionId } from '../../contract/domain/ids.ts'
import type { Tables } from './tables.ts'

/** A transaction inside one practice: row-level security shows that practice's rows alone. */
export type PracticeTx = Transaction<Tables>

/** How a request is recognised before its practice is known: row-level security then shows the one matching row. */
export type Credential =
  | { readonly kind: 'subject'; readonly issuer: string; readonly subject: string }
  | { readonly kind: 'intake-key'; readonly secretHash: string }

export type PresenceRow = {
  readonly practiceId: PracticeId
  readonly personId: PersonId
  readonly sessionId: SessionId
  readonly sinceMs: number
}

export type Database = {
  /** Runs `work` in one transaction with `app.practice` set; a throw rolls back. Lock timeout 2 s, statement timeout 5 s. */
  inPractice<T>(practiceId: PracticeId, work: (tx: PracticeTx) => Promise<T>): Promise<T>
  /** Read-only look-up of who a credential belongs to. */
  withCredential<T>(credential: Credential, work: (tx: PracticeTx) => Promise<T>): Promise<T>
  /** All practices, for work that goes over each of them in turn. Ids only: nothing of a practice is seen outside of it. */
  listPracticeIds(): Promise<PracticeId[]>
  /** Where the feeds of these practices stand, read in one go. */
  listFeedPositions(practiceIds: readonly PracticeId[]): Promise<{ practiceId: PracticeId; seq: number }[]>
  /** Who of these practices has which case open, heard since then; in the order of their ids, read in one go. Ids only. */
  listPresence(practiceIds: readonly PracticeId[], sinceMs: number): Promise<PresenceRow[]>
  /** Deletes, in every practice, what was not heard since then. */
  forgetPresence(beforeMs: number): Promise<void>
  isReachable(): Promise<boolean>
  close(): Promise<void>
}

export type RawDatabase = Kysely<Tables>
