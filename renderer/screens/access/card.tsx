import type { ReactNode } from 'react'
import { useText } from '../../text/text-context.tsx'

/** One narrow column in the middle of an empty window. */
export function Card({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const t = useText()
  return (
    <main className="grid h-full place-items-center overflow-auto bg-bg p-8">
      <div className="flex w-full max-w-[440px] flex-col gap-4">
        <p className="text-13 font-semibold text-dim">{t('app.name')}</p>
        <h1 className="text-24 font-semibold">{title}</h1>
        {children}
      </div>
    </main>
  )
}

export function Words({ children }: { readonly children: ReactNode }) {
  return <p className="text-13 text-dim">{children}</p>
}
