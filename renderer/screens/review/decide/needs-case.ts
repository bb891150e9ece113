import type { CommandId } from '../../../commands/table.ts'
import { commandSpec } from '../../../commands/table.ts'

/**
 * Verbs that go on at once while a case is being read or a decision saved: they leave the case, take back, or change only
 * how photos are looked at. Approving is never put off: what it was meant for would be decided unseen.
 */
const AT_ONCE: ReadonlySet<CommandId> = new Set<CommandId>([
  'review.approve',
  'review.approveUnseen',
  'review.next',
  'review.previous',
  'review.close',
  'review.undo',
  'review.correctLast',
  'review.nextView',
  'review.previousView',
  'review.compare',
  'review.blink',
  'review.difference',
  'review.swipe',
  'review.zoom',
  'review.fit',
  'review.fullScreen',
  'review.popOut',
])

/** Verbs of a case that is not there yet wait for it; keys without a verb wait only behind one that does. */
export function needsCase(id: CommandId | undefined): boolean {
  return id !== undefined && commandSpec(id).context === 'review' && !AT_ONCE.has(id)
}
