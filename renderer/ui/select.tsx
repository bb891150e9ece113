import { Check, ChevronDown } from 'lucide-react'
import { Select as Radix } from 'radix-ui'

type Props<V extends string> = {
  readonly label: string
  readonly value: V
  readonly options: readonly { readonly value: V; readonly label: string }[]
  readonly onChange: (value: V) => void
  readonly id?: string
}

export function Select<V extends string>({ label, value, options, onChange, id }: Props<V>) {
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as V)}>
      <Radix.Trigger
        {...(id !== undefined && { id })}
        aria-label={label}
        className="inline-flex h-7 min-w-40 items-center justify-between gap-3 rounded-[5px] border border-line bg-raised px-2.5 text-13 text-ink hover:border-dim"
      >
        <Radix.Value />
        <Radix.Icon>
          <ChevronDown size={14} className="text-dim" aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          data-modal
          className="z-50 rounded-[5px] border border-line bg-panel p-1 text-ink"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-7 min-w-40 items-center justify-between gap-4 rounded-[3px] px-2 text-13 outline-none data-highlighted:bg-selected"
              >
                <Radix.ItemText>{option.label}</Radix.ItemText>
                <Radix.ItemIndicator>
                  <Check size={14} aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
