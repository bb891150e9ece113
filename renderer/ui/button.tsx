import type { ComponentProps } from 'react'

type Props = ComponentProps<'button'> & { readonly look?: 'plain' | 'primary' | 'quiet' }

const LOOKS = {
  plain: 'border border-line bg-raised text-ink hover:border-dim',
  primary: 'border border-accent bg-accent text-on-accent hover:brightness-110',
  quiet: 'border border-transparent text-dim hover:text-ink',
} as const

/** 28 px high; `disabled` keeps its contrast and says so by the cursor and `aria-disabled`. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      className={`inline-flex h-7 items-center justify-center gap-2 rounded-[5px] px-3 text-13 font-medium whitespace-nowrap disabled:cursor-not-allowed disabled:border-line disabled:bg-raised disabled:text-dim ${LOOKS[look]} ${className}`}
      {...rest}
    />
  )
}
