import type { TextKey } from '../text/table.ts'
import { COMMAND_IDS, type CommandId, commandSpec, type Context } from './table.ts'

export type Group = { readonly title: TextKey; readonly ids: readonly CommandId[] }

/** The review screen has too many verbs for one list: by what they are about, in the order of the work. */
const REVIEW: readonly Group[] = [
  {
    title: 'help.review.tags',
    ids: [
      'review.tag',
      'review.value1',
      'review.value2',
      'review.value3',
      'review.nextScore',
      'review.previousScore',
      'review.sameAsLast',
      'review.details',
      'review.note',
    ],
  },
  {
    title: 'help.review.decide',
    ids: [
      'review.approve',
      'review.approveUnseen',
      'review.goUnseen',
      'review.hold',
      'review.retake',
      'review.retakeFlagged',
      'review.message',
      'review.schedule',
      'review.refer',
      'review.send',
      'review.undo',
      'review.correctLast',
    ],
  },
  {
    title: 'help.review.case',
    ids: [
      'review.next',
      'review.previous',
      'review.close',
      'review.patient',
      'review.goals',
      'review.ask',
      'review.answer',
      'review.questionLook',
      'review.withdraw',
    ],
  },
  {
    title: 'help.review.photos',
    ids: ['review.nextView', 'review.previousView', 'review.zoom', 'review.fit', 'review.fullScreen'],
  },
  {
    title: 'help.review.compare',
    ids: [
      'review.compare',
      'review.blink',
      'review.difference',
      'review.swipe',
      'review.olderPrior',
      'review.newerPrior',
      'review.nudgeLeft',
      'review.nudgeRight',
      'review.nudgeUp',
      'review.nudgeDown',
      'review.resetNudge',
      'review.popOut',
    ],
  },
  {
    title: 'help.review.picture',
    ids: [
      'review.rotateRight',
      'review.rotateLeft',
      'review.straightenRight',
      'review.straightenLeft',
      'review.flip',
      'review.brighter',
      'review.darker',
      'review.moreContrast',
      'review.lessContrast',
      'review.warmer',
      'review.cooler',
      'review.pickGrey',
      'review.pinAdjustments',
      'review.resetAdjustments',
    ],
  },
  {
    title: 'help.review.twoReads',
    ids: ['review.takeFirst', 'review.takeSecond', 'review.settle', 'review.correctOwn'],
  },
]

/** Verbs of one place in the order in which lists of keys show them; whatever no group names stands last. */
export function groupsOf(context: Context): readonly Group[] {
  const ids = COMMAND_IDS.filter((id) => commandSpec(id).context === context)
  if (context !== 'review') return [{ title: `help.${context}`, ids }]
  const named = new Set(REVIEW.flatMap((group) => group.ids))
  const others = ids.filter((id) => !named.has(id))
  return others.length === 0 ? REVIEW : [...REVIEW, { title: 'help.review', ids: others }]
}
