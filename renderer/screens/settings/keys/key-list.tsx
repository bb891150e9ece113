import { useId, useState } from 'react'
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
      <div role="grid" aria-labelledby={titleId}>
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
