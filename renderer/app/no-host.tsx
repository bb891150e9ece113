import { EmptyState } from '../ui/empty-state.tsx'
import { useText } from '../text/text-context.tsx'

/** The bridge is missing altogether: a fault of the installation, not of the person. */
export function NoHost() {
  const t = useText()
  return (
    <main className="h-full">
      <EmptyState title={t('app.noHost')} alert>
        {t('app.noHostHelp')}
      </EmptyState>
    </main>
  )
}
