import { useId, useState } from 'react'
import type { CommandId } from '../../../commands/table.ts'
import type { TextKey } from '../../../text/table.ts'
import { useText } from '../../../text/text-context.tsx'
import { KeyRow } from './key-row.tsx'
import type { KeyChoice } from './use-key-choice.ts'

type Props = {
  readonly title: TextKey
  readonly ids: readonly CommandId[]
  readonly choice: KeyChoice
}

/** Verbs that belong together. One stop for Tab; arrows walk the rows and their buttons. */
export function KeyList({ title, ids, choice }: Props) {
  const t = useText()
  const titleId = useId()
  const [current, setCurrent] = useState<CommandId | null>(null)
  const first = current !== null && ids.includes(current) ? current : ids[0]
  return (
    <section className="pb-6">
      <h3 id={titleId} className="pb-1 text-11 font-semibold text-dim">
        {t(title)}
      </h3>
      <div role="grid" aria-labelledby={titleId}>
        {ids.map((id) => (
          <KeyRow key={id} id={id} choice={choice} isCurrent={id === first} onCurrent={() => setCurrent(id)} />
        ))}
      </div>
    </section>
  )
}
