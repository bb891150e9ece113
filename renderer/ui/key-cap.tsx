import type { ReactNode } from 'react'

export function KeyCap({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-block min-w-[18px] rounded-[3px] border border-b-2 border-line px-1 py-0.5 text-center font-sans text-11 leading-none font-medium text-dim">
      {children}
    </kbd>
  )
}
