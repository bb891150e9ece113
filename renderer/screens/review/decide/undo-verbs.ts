import type { HandlersFor } from '../../../commands/table.ts'
import type { Batch } from '../use-batch.ts'
import type { Decisions } from '../use-decisions.ts'
import type { Say } from './use-notice.ts'

type Hands = { readonly decisions: Decisions; readonly batch: Batch; readonly say: Say }

/** Taking back while it is still here; after that it can be corrected, by a new read that says why. */
export function undoVerbs({
  decisions,
  batch,
  say,
}: Hands): Pick<HandlersFor<'review'>, 'review.undo' | 'review.correctLast'> {
  return {
    'review.undo': () => {
      const { last, gone, savingId } = decisions
      if (last === null && savingId === null && gone !== null) return say('decide.hasLeft', { name: gone.patientName })
      // Also where none is known: right after the screen opened the host has not said yet.
      void decisions.takeBack().then((was) => was === 'none' && say('review.nothingToTakeBack'))
    },
    'review.correctLast': () => {
      if (decisions.last !== null) return say('decide.takeBackInstead')
      if (decisions.gone === null) return say('review.nothingToTakeBack')
      batch.goTo(decisions.gone.sessionId)
    },
  }
}
