import { type ComponentProps, type ReactNode, useId } from 'react'

type Props = Omit<ComponentProps<'input'>, 'id'> & {
  readonly label: string
  /** Under the field: a hint, or what is wrong. */
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly after?: ReactNode
  /** The note's line is there even while it is empty: nothing moves when it comes. */
  readonly keepsNote?: boolean
}

export function TextField({ label, hint, error, after, keepsNote = false, className = '', ...rest }: Props) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className={`flex flex-col gap-1 ${className}`}>
      <label htmlFor={id} className="text-11 font-medium text-dim">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <input
          id={id}
          aria-describedby={note === undefined ? undefined : `${id}-note`}
          aria-invalid={error !== undefined}
          className="h-8 w-full min-w-0 rounded-[5px] border border-line bg-bg px-2.5 text-13 text-ink placeholder:text-faint aria-invalid:border-off"
          {...rest}
        />
        {after}
      </div>
      {(keepsNote || note !== undefined) && (
        <p
          id={`${id}-note`}
          role={keepsNote ? 'status' : undefined}
          className={`min-h-4 text-11 ${error === undefined ? 'text-dim' : 'text-off'}`}
        >
          {note}
        </p>
      )}
    </div>
  )
}
