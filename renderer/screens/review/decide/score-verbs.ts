import type { Draft } from '../../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { SCORE_FIELDS, type Score, type ScoreField } from '../../../../server/contract/domain/tags.ts'
import type { HandlersFor } from '../../../commands/table.ts'
import type { Translate } from '../../../text/text-context.tsx'
import { scoreKey } from '../../../text/words.ts'
import { setScore } from '../draft.ts'
import { DETAILS_ID, focusById, NOTE_ID, scoreId } from '../element-ids.ts'
import type { Drafts } from '../use-drafts.ts'
import type { Rules } from '../../../ports/use-rules.ts'
import { fillAsLast, findLastTags } from './same-as-last.ts'
import type { Say } from './use-notice.ts'

type Hands = {
  readonly activeScore: ScoreField
  readonly rules: Rules
  readonly drafts: Drafts
  readonly setActiveScore: (field: ScoreField) => void
  /** The case that a verb may act on; undefined, and said why, when this person may not. */
  readonly findActable: () => ReviewCase | undefined
  readonly edit: (change: (draft: Draft) => Draft) => void
  readonly say: Say
  readonly t: Translate
  /** The panel is not there: what a key sets has to be said otherwise. */
  readonly fullScreen: boolean
  readonly leaveFullScreen: () => void
}
type Verb = 'tag' | 'value1' | 'value2' | 'value3' | 'nextScore' | 'previousScore' | 'sameAsLast' | 'note' | 'details'

/** The verbs that fill the tags in; none of them decides. */
export function scoreVerbs(hands: Hands): Pick<HandlersFor<'review'>, `review.${Verb}`> {
  const { activeScore, drafts, findActable, edit, say, t } = hands
  function focusInPanel(id: string) {
    hands.leaveFullScreen()
    focusById(id)
  }
  function focusScore(field: ScoreField) {
    hands.setActiveScore(field)
    focusInPanel(scoreId(field))
  }
  function score(value: Score) {
    const now = findActable()
    if (now === undefined) return
    if (activeScore === 'alignerFit' && drafts.latestDraftOf(now).aligners === 'out') return say('review.fitOut')
    edit((draft) => setScore(draft, activeScore, value))
    if (hands.fullScreen)
      say('review.scored', { score: t(`score.${activeScore}`), word: t(scoreKey(activeScore, value)) })
  }
  function moveScore(by: 1 | -1): void | false {
    const focused = document.activeElement
    const isAtHome = focused === null || focused === document.body || focused.hasAttribute('data-command-root')
    // Tab among buttons and fields is the browser's: the panel must not trap it.
    if (!isAtHome && focused.closest('[data-scores]') === null) return false
    const next = SCORE_FIELDS[SCORE_FIELDS.indexOf(activeScore) + by]
    if (next === undefined) return false
    focusScore(next)
  }
  return {
    'review.tag': () => focusScore('overallTracking'),
    'review.value1': () => score(1),
    'review.value2': () => score(2),
    'review.value3': () => score(3),
    'review.nextScore': () => moveScore(1),
    'review.previousScore': () => moveScore(-1),
    'review.sameAsLast': () => {
      const now = findActable()
      if (now === undefined) return
      const last = findLastTags(now)
      if (last === undefined) return say('decide.noLastTags')
      edit((draft) => fillAsLast(draft, last, hands.rules.details))
      say('decide.filledAsLast')
    },
    'review.note': () => focusInPanel(NOTE_ID),
    'review.details': () => focusInPanel(DETAILS_ID),
  }
}
