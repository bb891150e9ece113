import { RadioGroup } from 'radix-ui'
import type { KeyboardEvent } from 'react'

type Props<V extends string> = {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

/** A few exclusive choices side by side; one tab stop, arrows move. */
export function Segmented<V extends string>({ label, value, options, onChange }: Props<V>) {
  /** In the key itself: Radix moves the focus a task later, and a key that is up by then has chosen nothing. */
  function arrow(event: KeyboardEvent<HTMLElement>) {
    const by = STEPS[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    event.preventDefault()
    const to = (options.findIndex((option) => option.value === value) + by + options.length) % options.length
    const next = options[to]
    if (next === undefined) return
    onChange(next.value)
    event.currentTarget.querySelectorAll<HTMLElement>('[role="radio"]')[to]?.focus()
  }
  return (
    <RadioGroup.Root
      aria-label={label}
      value={value}
      onValueChange={(next) => onChange(next as V)}
      onKeyDownCapture={arrow}
      orientation="horizontal"
      className="inline-flex self-start rounded-[5px] border border-line bg-raised p-px"
    >
      {options.map((option) => (
        <RadioGroup.Item
          key={option.value}
          value={option.value}
          className="h-6.5 rounded-[4px] px-3 text-13 text-dim hover:text-ink data-[state=checked]:bg-selected data-[state=checked]:font-medium data-[state=checked]:text-ink forced-colors:data-[state=checked]:underline"
        >
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
