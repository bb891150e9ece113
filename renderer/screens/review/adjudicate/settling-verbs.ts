import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { ActionTaken } from '../../../../server/contract/domain/tags.ts'
import type { HandlersFor } from '../../../commands/table.ts'
import type { TextKey } from '../../../text/table.ts'
import { draftOfRead } from '../draft.ts'
import type { Drafts } from '../use-drafts.ts'
import type { Settling } from './use-settling.ts'

type Hands = {
  readonly settling: Settling
  readonly drafts: Drafts
  /** The case that a verb may act on; undefined, and said why, when this person may not. */
  readonly findActable: () => ReviewCase | undefined
  readonly say: (key: TextKey) => void
  readonly decide: (action: ActionTaken) => void
  /** Another purpose: an open form and what was said belong to the former one. */
  readonly startAfresh: () => void
}
type Verb = 'takeFirst' | 'takeSecond' | 'settle' | 'correctOwn'

/** The verbs of a dispute; anywhere else they say that there is none. */
export function settlingVerbs(hands: Hands): Pick<HandlersFor<'review'>, `review.${Verb}`> {
  const { settling, drafts, findActable, say, decide, startAfresh } = hands
  /** The whole tag set of one of the two; every value can still be changed. */
  function takeOver(place: 0 | 1, done: TextKey) {
    const now = findActable()
    if (now === undefined) return
    const conflict = settling.findConflict(now)
    if (conflict === undefined) return say('adjudicate.nothing')
    drafts.put(now.session.id, draftOfRead(conflict.pair[place].read))
    say(done)
  }
  return {
    'review.takeFirst': () => takeOver(0, 'adjudicate.tookFirst'),
    'review.takeSecond': () => takeOver(1, 'adjudicate.tookSecond'),
    'review.settle': () => {
      const now = findActable()
      if (now === undefined) return
      if (settling.findConflict(now) === undefined) say('adjudicate.nothing')
      else decide({ kind: 'none' })
    },
    'review.correctOwn': () => {
      const now = findActable()
      if (now === undefined) return
      if (!settling.switchPurpose(now)) return say('adjudicate.notYours')
      drafts.forget(now.session.id)
      startAfresh()
    },
  }
}
