import { type ReactNode, useState } from 'react'
import type { PersonId } from '../../../server/contract/domain/ids.ts'
import type { ErrorCode } from '../../../server/contract/errors.ts'
import { QuestionFields } from '../../patient/question-fields.tsx'
import { usePeople } from '../../patient/use-people.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { useHeldDialog } from '../../ui/dialog.tsx'

type Common = { readonly busy: boolean; readonly failed: ErrorCode | null; readonly onCancel: () => void }
type Question = { readonly askedOf: PersonId | null; readonly text: string }

/** A question that was not taken, asked in other words or of somebody else. */
export function QuestionForm(props: Common & { readonly start: Question; readonly onSave: (to: Question) => void }) {
  const { start, onSave } = props
  const people = usePeople(usePort())
  const myId = useLiveState().app?.account?.person.id
  const [text, setText] = useState(start.text)
  const [askedOf, setAskedOf] = useState(start.askedOf)
  useHeldDialog(text !== start.text || askedOf !== start.askedOf)
  return (
    <Frame
      {...props}
      ready={text.trim() !== ''}
      submit="ask.send"
      onSend={() => onSave({ askedOf, text: text.trim() })}
    >
      <QuestionFields {...{ text, askedOf, people, myId }} onText={setText} onAskedOf={setAskedOf} field={focusIt} />
    </Frame>
  )
}

type AnswerProps = Common & {
  /** Null when it is no longer here: then nothing is left to answer. */
  readonly question: string | null
  readonly start: string
  readonly onSave: (text: string) => void
}

export function AnswerForm(props: AnswerProps) {
  const t = useText()
  const { question, start, onSave } = props
  const [text, setText] = useState(start)
  useHeldDialog(text !== start)
  return (
    <Frame {...props} ready={text.trim() !== ''} submit="ask.sendAnswer" onSend={() => onSave(text.trim())}>
      {question !== null && (
        <p className="border-l-2 border-line pl-3 text-13 break-words whitespace-pre-wrap">{question}</p>
      )}
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t('ask.answer')}
        <textarea
          ref={focusIt}
          rows={4}
          maxLength={1000}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
        />
      </label>
    </Frame>
  )
}

type FrameProps = Common & {
  readonly ready: boolean
  readonly submit: 'ask.send' | 'ask.sendAnswer'
  readonly onSend: () => void
  readonly children: ReactNode
}

function Frame({ busy, failed, ready, submit, onSend, onCancel, children }: FrameProps) {
  const t = useText()
  const send = () => {
    if (ready && !busy) onSend()
  }
  return (
    // Keys of its fields come through here; it is none of them itself.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return
        event.preventDefault()
        send()
      }}
    >
      {children}
      <p role="alert" className="min-h-5 text-13 text-off">
        {failed !== null && t('attention.notDone', { why: t(errorKey(failed)) })}
      </p>
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
        <Button look="primary" type="submit" disabled={!ready || busy}>
          {t(submit)}
        </Button>
      </div>
    </form>
  )
}

function focusIt(element: HTMLElement | null) {
  element?.focus()
}
