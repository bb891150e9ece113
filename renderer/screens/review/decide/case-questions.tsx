import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { Review } from '../use-review.ts'
import { QuestionList } from './question-card.tsx'

type Props = { readonly review: Review; readonly reviewCase: ReviewCase; readonly myId: string | undefined }

export function CaseQuestions({ review, reviewCase, myId }: Props) {
  const nameOf = (id: string) => review.people.find((person) => person.id === id)?.displayName ?? ''
  return <QuestionList {...{ reviewCase, myId, nameOf }} asked={review.questions.asked} />
}
