import { useState } from 'react'
import { v7 as newId } from 'uuid'
import { type PersonId, QuestionId } from '../../../../server/contract/domain/ids.ts'
import type { Person } from '../../../../server/contract/domain/people.ts'
import { QuestionFields } from '../../../patient/question-fields.tsx'
import { usePort } from '../../../ports/port-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { focusFirst } from '../form-frame.tsx'
import type { Review } from '../use-review.ts'
import { SendForm } from './send-form.tsx'
import type { Asking } from './use-questions.ts'

type Props = { readonly review: Review; readonly myId: string | undefined }

/** Asks one colleague, or any; the picture on screen goes with the question. */
export function AskDialog({ review, myId }: Props) {
  const t = useText()
  const { questions, reviewCase, people } = review
  const { asking, stopAsking } = questions
  const prior = reviewCase?.priors.find(({ sessionId }) => sessionId === asking?.look.priorSessionId)
  return (
    <Dialog
      open={asking !== null}
      onClose={stopAsking}
      title={t('ask.title')}
      description={t('ask.description')}
      overPhotos
    >
      {asking !== null && (
        <AskForm
          asking={asking}
          people={people}
          myId={myId}
          priorDay={prior?.capturedOn ?? null}
          onClose={stopAsking}
        />
      )}
    </Dialog>
  )
}

type FormProps = {
  readonly asking: Asking
  readonly people: readonly Person[]
  readonly myId: string | undefined
  /** The day of the earlier scan that goes with it. */
  readonly priorDay: string | null
  readonly onClose: () => void
}

function AskForm({ asking, people, myId, priorDay, onClose }: FormProps) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const port = usePort()
  const [askedOf, setAskedOf] = useState<PersonId | null>(null)
  const [text, setText] = useState('')
  const { view, zoom } = asking.look
  const picture = { view: t(`view.${view}`), percent: Math.round(zoom * 100) }
  async function send() {
    const { sessionId, look } = asking
    await port.call('questions.ask', { id: QuestionId.parse(newId()), sessionId, askedOf, text: text.trim(), look })
    onClose()
  }
  return (
    <SendForm ready={text.trim() !== ''} send={send} submit={t('ask.send')} failed={t('ask.failed')} onCancel={onClose}>
      <p className="text-13 text-dim">{t('ask.description')}</p>
      <QuestionFields {...{ text, askedOf, people, myId }} onText={setText} onAskedOf={setAskedOf} field={focusFirst} />
      <p className="text-13">
        {priorDay === null
          ? t('ask.picture', picture)
          : t('ask.pictureWithPrior', { ...picture, day: times.day(priorDay, nowMs) })}
      </p>
    </SendForm>
  )
}
