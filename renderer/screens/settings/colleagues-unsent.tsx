import type { UnsentWork } from '../../../preload/contract/outbox-file.ts'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'

type Props = { readonly unsent: readonly UnsentWork[]; readonly onExport: (of: UnsentWork) => void }

/** Work of people who perhaps never sign in here again: without somebody who exports it, it would stay for ever. */
export function ColleaguesUnsent({ unsent, onExport }: Props) {
  const t = useText()
  if (unsent.length === 0) return null
  return (
    <div className="flex flex-col gap-3 border-t border-line pt-4">
      <h3 className="text-15 font-semibold">{t('unsent.othersTitle')}</h3>
      <p className="max-w-[72ch] text-13 text-dim">{t('unsent.othersWhat')}</p>
      <ul className="max-w-[560px]">
        {unsent.map((one) => {
          const name = one.displayName === '' ? t('unsent.somebody') : one.displayName
          return (
            <li key={one.personId} className="flex items-center gap-4 border-row-line py-1 text-13 not-first:border-t">
              <span className="min-w-0 flex-1 truncate" title={name}>
                {name}
              </span>
              <span className="shrink-0 text-dim tabular-nums">{t('unsent.othersCount', { count: one.count })}</span>
              <Button aria-label={t('unsent.exportTitleOf', { name })} onClick={() => onExport(one)}>
                {t('unsent.exportOf')}
              </Button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
