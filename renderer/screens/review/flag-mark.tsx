import { useText } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import type { SlotFlag } from './case-photos.ts'

/** A flag as shape and word: square for what is not there, triangle for what is doubtful. */
export function FlagMark({ flag }: { readonly flag: SlotFlag }) {
  const t = useText()
  return <StatusDot tone={flag === 'missing' || flag === 'refused' ? 'off' : 'minor'}>{t(`flag.${flag}`)}</StatusDot>
}
