import { useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { PersonId, SessionId } from '../../../../server/contract/domain/ids.ts'
import type { SharedLook } from '../../../../server/contract/domain/questions.ts'
import type { HandlersFor } from '../../../commands/table.ts'
import { ANSWER_ID, focusById } from '../element-ids.ts'
import { applyLook, type LookHands, type OwnLook, restoreOwnLook } from './shared-look.ts'
import type { Say } from './use-notice.ts'

export type NamedQuestion = ReviewCase['questions'][number]

/** Waits for an answer, the newest first. */
export function listOpen({ questions }: Pick<ReviewCase, 'questions'>): NamedQuestion[] {
  return questions.filter(({ question }) => question.answer === null)
}

/** One that this person is asked: by name, or as any clinician of the practice. */
export function findAsked(reviewCase: Pick<ReviewCase, 'questions'>, me: PersonId | undefined) {
  return listOpen(reviewCase).find(({ question: { askedOf, askedBy } }) =>
    askedOf === null ? askedBy !== me : askedOf === me,
  )
}

type Options = {
  readonly reviewCase: ReviewCase | undefined
  readonly personId: PersonId | undefined
  readonly canDecide: boolean
  readonly takeLook: (reviewCase: ReviewCase) => SharedLook
  readonly keepOwn: (changedView: SharedLook['view']) => OwnLook
  readonly look: LookHands
  readonly leaveFullScreen: () => void
  readonly findActable: () => ReviewCase | undefined
  readonly say: Say
}
/** The dialog that asks: what was on screen when it was opened goes with it. */
export type Asking = { readonly sessionId: SessionId; readonly look: SharedLook }

/** Asking a colleague, and being asked: the case comes up with the picture that the question is about. */
export function useQuestions(options: Options) {
  const { reviewCase, personId, canDecide, takeLook, keepOwn, look, findActable, say } = options
  const [asking, setAsking] = useState<Asking | null>(null)
  const asked = reviewCase === undefined || !canDecide ? undefined : findAsked(reviewCase, personId)

  /** Once per coming to the case, in the very render that shows it: no other picture flashes before it. */
  const caseId = reviewCase?.session.id ?? null
  const place = `${caseId ?? ''} ${asked?.question.id ?? ''}`
  const [openedFor, setOpenedFor] = useState<string | null>(null)
  const [own, setOwn] = useState<{ readonly look: OwnLook; readonly caseId: SessionId } | null>(null)
  if (openedFor !== place) {
    setOpenedFor(place)
    // Another case, or the question has its answer: what one had on screen before comes back.
    const isLeft = own !== null && caseId !== null && (own.caseId !== caseId || asked === undefined)
    if (isLeft) {
      restoreOwnLook(own.look, look)
      setOwn(null)
    }
    if (reviewCase !== undefined && asked !== undefined) {
      const before = isLeft ? own.look : keepOwn(asked.question.look.view)
      setOwn({ look: before, caseId: reviewCase.session.id })
      applyLook(asked.question.look, reviewCase, look)
    }
  }

  const commands: Pick<HandlersFor<'review'>, 'review.ask' | 'review.answer' | 'review.questionLook'> = {
    'review.ask': () => {
      const now = findActable()
      if (now !== undefined) setAsking({ sessionId: now.session.id, look: takeLook(now) })
    },
    'review.answer': () => {
      if (asked === undefined) return say('ask.nothingAsked')
      options.leaveFullScreen()
      focusById(ANSWER_ID)
    },
    'review.questionLook': () => {
      const shown = asked ?? (reviewCase === undefined ? undefined : reviewCase.questions[0])
      if (reviewCase === undefined || shown === undefined) return say('ask.nothingAsked')
      if (own === null) setOwn({ look: keepOwn(shown.question.look.view), caseId: reviewCase.session.id })
      applyLook(shown.question.look, reviewCase, look)
    },
  }
  return { asking, asked, commands, stopAsking: () => setAsking(null) }
}
export type Questions = ReturnType<typeof useQuestions>
