import type { ErrorCode } from '../../../server/contract/errors.ts'
import type { TextKey } from '../../text/table.ts'
import type { Translate } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'

/** A folder may hold a whole practice; one scan has five photos, and some to choose from. */
export const MAX_FILES = 40

/** What did not work, kept as facts: the language may change before it is read. */
export type Trouble =
  | { readonly kind: 'tooMany' }
  /** @property code null where the system did not hand the file out at all */
  | { readonly kind: 'unread'; readonly name: string; readonly code: ErrorCode | null }
  | { readonly kind: 'missing'; readonly key: TextKey }
  | { readonly kind: 'notStarted'; readonly code: ErrorCode }

export function troubleWords(trouble: Trouble, t: Translate): string {
  switch (trouble.kind) {
    case 'tooMany':
      return t('import.tooMany', { count: MAX_FILES })
    case 'missing':
      return t(trouble.key)
    case 'notStarted':
      return t(errorKey(trouble.code))
    case 'unread': {
      const { name, code } = trouble
      if (code === 'input.too-large') return `${name}: ${t('refusal.too-large')}`
      const words = t('import.notRead', { name })
      return code === null ? words : `${words} ${t(errorKey(code))}`
    }
  }
}
