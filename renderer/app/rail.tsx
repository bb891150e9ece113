import { FolderInput, Images, type LucideIcon, Settings } from 'lucide-react'
import type { TextKey } from '../text/table.ts'
import { useText } from '../text/text-context.tsx'

const PLACES: readonly {
  readonly path: string
  readonly name: TextKey
  readonly Icon: LucideIcon
  readonly last?: true
}[] = [
  { path: '/', name: 'nav.queue', Icon: Images },
  { path: '/import', name: 'nav.import', Icon: FolderInput },
  { path: '/settings', name: 'nav.settings', Icon: Settings, last: true },
]

export function Rail({ path }: { readonly path: string }) {
  const t = useText()
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex w-16 shrink-0 flex-col items-center gap-1 border-r border-line bg-panel py-2"
    >
      {PLACES.map(({ path: to, name, Icon, last }) => (
        <a
          key={to}
          href={`#${to}`}
          aria-current={path === to ? 'page' : undefined}
          className={`flex w-14 flex-col items-center gap-1 rounded-[6px] py-2 text-11 text-dim hover:text-ink aria-[current]:bg-raised aria-[current]:text-ink ${last === true ? 'mt-auto' : ''}`}
        >
          <Icon size={18} strokeWidth={1.6} aria-hidden />
          <span className="max-w-full truncate">{t(name)}</span>
        </a>
      ))}
    </nav>
  )
}
