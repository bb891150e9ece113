import { FolderInput, Images, type LucideIcon, Settings, TriangleAlert } from 'lucide-react'
import { useLiveState } from '../ports/live-state.tsx'
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
  { path: '/attention', name: 'nav.attention', Icon: TriangleAlert },
  { path: '/settings', name: 'nav.settings', Icon: Settings, last: true },
]

export function Rail({ path }: { readonly path: string }) {
  const t = useText()
  const attentionCount = useLiveState().sync?.needsAttentionCount ?? 0
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
          <span className="relative">
            <Icon size={18} strokeWidth={1.6} aria-hidden />
            {to === '/attention' && attentionCount > 0 && (
              <span className="absolute -top-1.5 left-full ml-0.5 font-semibold text-off tabular-nums">
                {attentionCount > 99 ? '99+' : attentionCount}
              </span>
            )}
          </span>
          <span className="max-w-full truncate">{t(name)}</span>
        </a>
      ))}
    </nav>
  )
}
