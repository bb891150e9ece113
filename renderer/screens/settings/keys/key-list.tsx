import { type KeyboardEvent, useId, useState } from 'react'
import { COMMAND_IDS, type CommandId, commandSpec, type Context } from '../../../commands/table.ts'
import { useText } from '../../../text/text-context.tsx'
import { KeyRow } from './key-row.tsx'
import type { KeyChoice } from './use-key-choice.ts'

type Props = {
  readonly context: Context
  readonly ids: readonly CommandId[]
  readonly choice: KeyChoice
}

/** Verbs of one place. One stop for Tab; arrows walk the rows and their buttons. */
export function KeyList({ context, ids, choice }: Props) {
  const t = useText()
  const titleId = useId()
  const [current, setCurrent] = useState<CommandId | null>(null)
  const first = current !== null && ids.includes(current) ? current : ids[0]
  return (
    <section className="pb-6">
      <h3 id={titleId} className="pb-1 text-11 font-semibold text-dim">
        {t(`help.${context}`)}
      </h3>
      <div role="grid" aria-labelledby={titleId} onKeyDown={walk}>
        {ids.map((id) => (
          <KeyRow key={id} id={id} choice={choice} isCurrent={id === first} onCurrent={() => setCurrent(id)} />
        ))}
      </div>
    </section>
  )
}

export function idsOf(context: Context): CommandId[] {
  return COMMAND_IDS.filter((id) => commandSpec(id).context === context)
}

const STEPS: Readonly<Record<string, readonly [rows: number, buttons: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
  if (step === undefined || !plain || event.defaultPrevented || !(event.target instanceof HTMLElement)) return
  const rows = [...event.currentTarget.querySelectorAll('[role="row"]')].map((row) => [
    ...row.querySelectorAll('button'),
  ])
  const at = rows.findIndex((buttons) => buttons.some((button) => button === event.target))
  const column = rows[at]?.findIndex((button) => button === event.target) ?? 0
  const to = rows[at + step[0]]?.[column + step[1]]
  event.preventDefault()
  to?.focus()
}
