import { useEffect, useState } from 'react'
import { v7 as newId } from 'uuid'
import { PersonId, QuestionId } from '../../../../server/contract/domain/ids.ts'
import type { Person } from '../../../../server/contract/domain/people.ts'
import { mayDecide } from '../../../../server/contract/domain/roles.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { CommandKeys, focusScreen } from '../../../commands/commands-context.tsx'
import { usePort } from '../../../ports/port-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { focusFirst } from '../form-frame.tsx'
import type { Review } from '../use-review.ts'
import type { Asking } from './use-questions.ts'

const ANYONE = 'anyone'

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
  const [whom, setWhom] = useState(ANYONE)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  // The question's field took the focus when it opened; the case has it again afterwards.
  useEffect(() => focusScreen, [])
  const colleagues = people.filter(({ id, active, roles }) => active && id !== myId && mayDecide(roles))
  const { view, zoom } = asking.look
  const picture = { view: t(`view.${view}`), percent: Math.round(zoom * 100) }
  async function send() {
    if (text.trim() === '' || busy) return
    setBusy(true)
    setFailed(null)
    const askedOf = whom === ANYONE ? null : PersonId.parse(whom)
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
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t('ask.text')}
        <textarea
          ref={focusFirst}
          rows={4}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
        />
      </label>
      <div className="flex flex-col gap-1 text-11 text-dim">
        <span aria-hidden>{t('ask.whom')}</span>
        <Select
          label={t('ask.whom')}
          value={whom}
          options={[
            { value: ANYONE, label: t('ask.anyone') },
            ...colleagues.map(({ id, displayName }) => ({ value: id as string, label: displayName })),
          ]}
          onChange={setWhom}
        />
        {colleagues.length === 0 && <span>{t('ask.noColleague')}</span>}
      </div>
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
