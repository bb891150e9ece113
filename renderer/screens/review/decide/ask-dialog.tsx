import { useEffect, useState } from 'react'
import { v7 as newId } from 'uuid'
import { type PersonId, QuestionId } from '../../../../server/contract/domain/ids.ts'
import type { Person } from '../../../../server/contract/domain/people.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { CommandKeys, focusScreen } from '../../../commands/commands-context.tsx'
import { QuestionFields } from '../../../patient/question-fields.tsx'
import { usePort } from '../../../ports/port-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { focusFirst } from '../form-frame.tsx'
import type { Review } from '../use-review.ts'
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
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  // The question's field took the focus when it opened; the case has it again afterwards.
  useEffect(() => focusScreen, [])
  const { view, zoom } = asking.look
  const picture = { view: t(`view.${view}`), percent: Math.round(zoom * 100) }
  async function send() {
    if (text.trim() === '' || busy) return
    setBusy(true)
    setFailed(null)
    const { sessionId, look } = asking
    try {
      await port.call('questions.ask', { id: QuestionId.parse(newId()), sessionId, askedOf, text: text.trim(), look })
      onClose()
    } catch (cause) {
      setFailed(AppError.from(cause).code)
      setBusy(false)
    }
  }
  return (
    // Keys of its fields come through here; it is none of them itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="flex flex-col gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
      onKeyDown={(event) => {
        // The dialog rests the verbs of the screen behind it: its own Mod+Enter is here, in whichever field.
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
        event.preventDefault()
        void send()
      }}
    >
      <p className="text-13 text-dim">{t('ask.description')}</p>
      <QuestionFields {...{ text, askedOf, people, myId }} onText={setText} onAskedOf={setAskedOf} field={focusFirst} />
      <p className="text-13">
        {priorDay === null
          ? t('ask.picture', picture)
          : t('ask.pictureWithPrior', { ...picture, day: times.day(priorDay, nowMs) })}
      </p>
      <p role="alert" className="min-h-5 text-13 text-off">
        {failed !== null && `${t('ask.failed')} ${t(errorKey(failed))}`}
      </p>
      <div className="flex items-center justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={text.trim() === '' || busy}>
          {t('ask.send')}
        </Button>
        <CommandKeys id="review.send" />
      </div>
    </form>
  )
}
