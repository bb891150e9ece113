import type { KeyboardEventHandler } from 'react'

type Props<V extends string> = {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
  readonly onKeyDown?: KeyboardEventHandler<HTMLSelectElement>
}

/** The browser's own list: known to every screen reader, and it needs no style of its own in the page. */
export function Select<V extends string>({ label, value, options, onChange, onKeyDown }: Props<V>) {
  return (
    <select
      aria-label={label}
      onKeyDown={onKeyDown}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen !== undefined) onChange(chosen.value)
      }}
      className="h-7 min-w-40 rounded-[5px] border border-line bg-raised px-2 text-13 text-ink hover:border-dim"
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
