import { RadioGroup } from 'radix-ui'

type Props<V extends string> = {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
}

/** A few exclusive choices side by side; one tab stop, arrows move. */
export function Segmented<V extends string>({ label, value, options, onChange }: Props<V>) {
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as V)}
      orientation="horizontal"
      className="inline-flex self-start rounded-[5px] border border-line bg-raised p-px"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-6.5 rounded-[4px] px-3 text-13 text-dim hover:text-ink data-[state=checked]:bg-selected data-[state=checked]:font-medium data-[state=checked]:text-ink"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
