import type { LetGo } from '../../../preload/contract/app-state.ts'
import { useText } from '../../text/text-context.tsx'

/** What became of the decisions that could still be taken back when somebody locked or signed out. */
export function LetGoLine({ letGo }: { readonly letGo: LetGo | null }) {
  const t = useText()
  if (letGo === null) return null
  const { sentCount, keptCount } = letGo
  return (
    <p role="status" className={`border-l-2 pl-3 text-13 ${keptCount > 0 ? 'border-minor' : 'border-line'}`}>
      {sentCount > 0 && t('access.letGo.sent', { count: sentCount })}{' '}
      {keptCount > 0 && t('access.letGo.kept', { count: keptCount })}
    </p>
  )
}
