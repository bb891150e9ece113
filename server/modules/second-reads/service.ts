import { v7 as uuidV7 } from 'uuid'
import { SecondReadId } from '../../contract/domain/ids.ts'
import type { PracticeRules } from '../../contract/domain/practice-rules.ts'
import type { Read } from '../../contract/domain/reads.ts'
import { drawnSecondRead, type SecondRead } from '../../contract/domain/second-reads.ts'
import type { MutationContext } from '../sync/service.ts'
import type { Draw } from './draw.ts'
import { insertSecondRead, saveDone } from './repository.ts'

/** For the rule of a read, and for the withdrawal of a session. */
export { findSecondRead, listSecondReadIds } from './repository.ts'
export type { Draw } from './draw.ts'

type Context = Pick<MutationContext, 'tx' | 'feed' | 'caller' | 'nowMs'>

/** How many of all first reads the practice has made once more, and by whom. */
export type Chance = Pick<PracticeRules, 'secondReadPercent' | 'secondReadBy'>

/** Of a first read that was just recorded, by chance. Call it with the session locked. */
export async function drawSecondRead(
  { tx, feed, caller, nowMs }: Context,
  draw: Draw,
  first: Read,
  { secondReadPercent, secondReadBy }: Chance,
): Promise<void> {
  const { practiceId } = caller
  if (!draw(secondReadPercent)) return
  const second = drawnSecondRead(SecondReadId.parse(uuidV7()), first, secondReadBy, nowMs)
  await insertSecondRead(tx, practiceId, second, nowMs)
  feed.put('second_read', second.id, second)
  const subject = { secondReadId: second.id, sessionId: second.sessionId, by: second.by }
  feed.audit(null, { action: 'second-read.draw', outcome: 'done', subject })
}

/** The read that answered the draw was recorded. */
export async function markDone(
  { tx, feed, caller }: Context,
  second: SecondRead,
  doneReadId: NonNullable<SecondRead['doneReadId']>,
): Promise<void> {
  await saveDone(tx, caller.practiceId, second.id, doneReadId)
  feed.put('second_read', second.id, { ...second, doneReadId })
}
