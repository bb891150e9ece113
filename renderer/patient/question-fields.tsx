import type { Ref } from 'react'
import { PersonId } from '../../server/contract/domain/ids.ts'
import type { Person } from '../../server/contract/domain/people.ts'
import { mayDecide } from '../../server/contract/domain/roles.ts'
import { useText } from '../text/text-context.tsx'
import { Select } from '../ui/select.tsx'

const ANYONE = 'anyone'

type Props = {
  readonly text: string
  readonly onText: (text: string) => void
  /** Null: any clinician. */
  readonly askedOf: PersonId | null
  readonly onAskedOf: (askedOf: PersonId | null) => void
  readonly people: readonly Person[]
  readonly myId: string | undefined
  /** The question's field takes the focus when the form opens. */
  readonly field: Ref<HTMLTextAreaElement>
}

/** What is asked, and of whom: one colleague who may decide, or any. */
export function QuestionFields({ text, onText, askedOf, onAskedOf, people, myId, field }: Props) {
  const t = useText()
  const colleagues = people.filter(({ id, active, roles }) => active && id !== myId && mayDecide(roles))
  // Somebody who no longer works here is not offered, and a question to them must not seem to go to anybody else.
  const isGone = askedOf !== null && !colleagues.some(({ id }) => id === askedOf)
  return (
    <>
      <label className="flex flex-col gap-1 text-11 text-dim">
        {t('ask.text')}
        <textarea
          ref={field}
          rows={4}
          maxLength={1000}
          value={text}
          onChange={(event) => onText(event.target.value)}
          className="w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
        />
      </label>
      <div className="flex flex-col gap-1 text-11 text-dim">
        <span aria-hidden>{t('ask.whom')}</span>
        <Select
          label={t('ask.whom')}
          value={askedOf ?? ANYONE}
          options={[
            { value: ANYONE, label: t('ask.anyone') },
            ...(isGone ? [{ value: askedOf as string, label: t('ask.notHere') }] : []),
            ...colleagues.map(({ id, displayName }) => ({ value: id as string, label: displayName })),
          ]}
          onChange={(value) => onAskedOf(value === ANYONE ? null : PersonId.parse(value))}
        />
        {colleagues.length === 0 && <span>{t('ask.noColleague')}</span>}
      </div>
    </>
  )
}
