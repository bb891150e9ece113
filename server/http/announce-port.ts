import type { PracticeId } from '../contract/domain/ids.ts'

/** Called after commit, never inside the transaction: the practice's feed now reaches `seq`. Must not throw or wait. */
export type Announce = (practiceId: PracticeId, seq: number) => void
