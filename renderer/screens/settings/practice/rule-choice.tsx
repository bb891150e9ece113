import { Select } from '../../../ui/select.tsx'
import { SettingsRow } from '../settings-row.tsx'

type Props<V extends string | number> = {
  readonly name: string
  readonly hint?: string
  readonly value: V
  /** What is offered; a value that another version or an import set is added in its place. */
  readonly options: readonly V[]
  readonly words: (value: V) => string
  /** False: the value is words, for everybody who may not change it. */
  readonly mayEdit: boolean
  readonly onChange: (value: V) => void
}

/** One rule with a few sensible values. */
export function RuleChoice<V extends string | number>(props: Props<V>) {
  const { name, hint, value, options, words, mayEdit, onChange } = props
  const isNumber = (other: V): other is V & number => typeof other === 'number'
  const all = options.includes(value) ? options : [...options, value]
  const sorted = all.every(isNumber) ? all.toSorted((a, b) => a - b) : all
  return (
    <SettingsRow name={name} {...(hint !== undefined && { hint })} tall>
      {mayEdit ? (
        <Select
          label={name}
          value={String(value)}
          options={sorted.map((option) => ({ value: String(option), label: words(option) }))}
          onChange={(text) => {
            const chosen = sorted.find((option) => String(option) === text)
            if (chosen !== undefined) onChange(chosen)
          }}
        />
      ) : (
        <span className="text-ink">{words(value)}</span>
      )}
    </SettingsRow>
  )
}
