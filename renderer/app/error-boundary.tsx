import { Component, type ReactNode } from 'react'
import { useText } from '../text/text-context.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'

type Props = { readonly children: ReactNode }

/** One screen's fault stays on that screen; the shell and the other screens go on. Decisions are in the store already. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return <Crashed onReopen={() => this.setState({ failed: false })} />
  }
}

function Crashed({ onReopen }: { readonly onReopen: () => void }) {
  const t = useText()
  return (
    <main className="h-full">
      <EmptyState title={t('app.crashed')} alert action={<Button onClick={onReopen}>{t('app.reopen')}</Button>}>
        {t('app.crashedSafe')}
      </EmptyState>
    </main>
  )
}
