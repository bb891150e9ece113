import { AppError } from '../../contract/errors.ts'
import { isUnstorable } from '../../platform/database/storable-text.ts'

/** Nothing of ours nests deeper than 8; what nests for ever ends the stack of whoever writes it down as JSON again. */
export const MAX_BODY_DEPTH = 64

/**
 * Refuses what every schema would let through: a body nested beyond any use and, unless the route deals with it
 * itself, text that PostgreSQL cannot hold: what was answered and what was kept would differ.
 * @throws AppError `input.invalid`
 */
export function refuseBody(body: unknown, { anyText }: { readonly anyText: boolean }): void {
  let level: unknown[] = [body]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_BODY_DEPTH) throw new AppError('input.invalid', { part: 'body', maxDepth: MAX_BODY_DEPTH })
    if (!anyText && level.some(isUnstorable)) throw new AppError('input.invalid', { part: 'body', text: 'unstorable' })
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
  }
}
