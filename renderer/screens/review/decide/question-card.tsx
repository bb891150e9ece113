import { useState } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { Question } from '../../../../server/contract/domain/questions.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { usePort } from '../../../ports/port-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { ANSWER_ID } from '../element-ids.ts'
import { LineVerb } from '../take-back-line.tsx'
import type { NamedQuestion } from './use-questions.ts'

const SHOWN_COUNT = 3

type ListProps = {
  readonly reviewCase: ReviewCase
  readonly asked: NamedQuestion | undefined
  readonly myId: string | undefined
  readonly nameOf: (personId: string) => string
}

/** Questions about this scan, the newest first; the one that this person is asked has a place for the answer. */
export function QuestionList({ reviewCase, asked, myId, nameOf }: ListProps) {
  const t = useText()
  const { questions } = reviewCase
  if (questions.length === 0) return null
  return (
    <section aria-label={t('ask.title.list')} className="flex flex-col gap-1">
      {questions.slice(0, SHOWN_COUNT).map((named) => (
        <div key={named.question.id} className="rounded-[5px] border border-line px-3 py-2 text-13">
          <div className="flex items-start justify-between gap-2">
            <h2 className="min-w-0 text-11 font-semibold">
              <StatusDot tone={named.question.answer === null ? 'flag' : 'dim'}>
                <span className="whitespace-normal">{whoAsks(named)}</span>
              </StatusDot>
            </h2>
            {named === (asked ?? questions[0]) && (
              <span className="text-11">
                <LineVerb id="review.questionLook" words="ask.look" />
              </span>
            )}
          </div>
          <p className="break-words whitespace-pre-line">{named.question.text}</p>
          {named.question.answer !== null && (
            <p className="mt-1 break-words whitespace-pre-line">
              <span className="text-11 text-dim">{t('ask.answeredBy', { name: named.answeredByName ?? '' })}: </span>
              {named.question.answer.text}
            </p>
          )}
          {named === asked && <AnswerForm key={named.question.id} question={named.question} />}
        </div>
      ))}
    </section>
  )

  function whoAsks({ question, askedByName }: NamedQuestion): string {
    const other = question.askedOf === null ? '' : nameOf(question.askedOf)
    if (question.askedBy === myId)
      return question.askedOf === null ? t('ask.youAskedAnyone') : t('ask.youAsked', { name: other })
    if (question.askedOf === null) return t('ask.asksAnyone', { name: askedByName })
    return question.askedOf === myId
      ? t('ask.asksYou', { name: askedByName })
      : t('ask.askedOther', { name: askedByName, other })
  }
}

/** The answer closes the question. Mod+Enter sends, Escape goes back to the case and keeps what was written. */
function AnswerForm({ question }: { readonly question: Question }) {
  const t = useText()
  const port = usePort()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  async function send() {
    if (text.trim() === '' || busy) return
    setBusy(true)
    setFailed(null)
    try {
      await port.call('questions.answer', { questionId: question.id, text: text.trim() })
      focusScreen()
    } catch (cause) {
      setFailed(AppError.from(cause).code)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      className="mt-1 flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label htmlFor={ANSWER_ID} className="text-11 text-dim">
        {t('ask.answer')}
      </label>
      <textarea
        id={ANSWER_ID}
        rows={2}
        maxLength={1000}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') focusScreen()
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void send()
        }}
        className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
      />
      <div className="flex items-center justify-between gap-2">
        <p role="alert" className="min-h-4 text-11 text-off">
          {failed !== null && `${t('ask.answerFailed')} ${t(errorKey(failed))}`}
        </p>
        <Button type="submit" look="primary" disabled={text.trim() === '' || busy}>
          {t('ask.sendAnswer')}
        </Button>
      </div>
    </form>
  )
}
