import type { Question } from '../../../server/contract/domain/questions.ts'
import type { Read } from '../../../server/contract/domain/reads.ts'
import type { SecondRead } from '../../../server/contract/domain/second-reads.ts'
import type { World } from '../world.ts'
import type { Head } from './feed.ts'
import { Violation } from './ledger.ts'

/** What the feed says of the practice's own rows holds together, and what was applied is in it. */
export function checkPracticeRows(world: World, practiceId: string, heads: readonly Head[]): void {
  const shown = heads.filter(({ op }) => op === 'put')
  checkSecondReads(shown)
  checkApplied(world, practiceId, heads)
}

/** A draw is answered by one read, which names it, and by no other. */
function checkSecondReads(shown: readonly Head[]): void {
  const reads = bodies<Read>(shown, 'read')
  for (const draw of bodies<SecondRead>(shown, 'second_read')) {
    const answers = reads.filter((read) => read.secondReadId === draw.id).map(({ readId }) => readId)
    const expected = draw.doneReadId === null ? [] : [draw.doneReadId]
    if (answers.join() !== expected.join())
      throw new Violation(
        'a second read is done once',
        `${draw.id} says ${expected.join()}, reads say ${answers.join()}`,
      )
    const reader = reads.find(({ readId }) => readId === draw.doneReadId)?.readerId
    if (reader !== undefined && draw.by === 'other' && reader === draw.firstReaderId)
      throw new Violation('a second read is another’s', draw.id)
  }
}

/** Whoever was told that their change was taken finds it. */
function checkApplied(world: World, practiceId: string, heads: readonly Head[]): void {
  const questions = new Map(bodies<Question>(heads, 'question').map((question) => [question.id as string, question]))
  const answered = new Set<string>()
  for (const { mutationId, name, entityId, personId, station } of world.ledger.decided.values()) {
    if (entityId === null || world.ledger.verdicts.get(mutationId)?.status !== 'applied') continue
    const isPut = heads.some(({ id, op }) => id === entityId && op === 'put')
    // A question goes with its scan; a goal stays.
    if (!isPut && name === 'goal.save' && !isOfAnother(world, practiceId, station))
      throw new Violation('exactly once', `the goal ${entityId} of ${mutationId} is not in the feed`)
    if (!isPut) continue
    if (name !== 'question.answer') continue
    if (answered.has(entityId)) throw new Violation('the first answer stands', `${entityId} was answered twice`)
    answered.add(entityId)
    if (questions.get(entityId)?.answer?.by !== personId)
      throw new Violation('the first answer stands', `${entityId} has another answer than the one that was taken`)
  }
}

function isOfAnother(world: World, practiceId: string, station: string): boolean {
  return world.stations.find(({ name }) => name === station)?.practiceId !== practiceId
}

function bodies<T>(heads: readonly Head[], entity: string): T[] {
  // Written by the server through the entity's own schema.
  return heads.filter((head) => head.entity === entity && head.op === 'put').map(({ body }) => body as T)
}
