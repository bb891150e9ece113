import { type PracticeRules, STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import type { Port } from './bridge.ts'
import { usePracticeWide } from './use-practice-wide.ts'

export type Rules = Omit<PracticeRules, 'id'>

const ask = (port: Port): Promise<Rules> => port.call('rules.get')

/** The practice's rules as this computer knows them; the standard ones, which are the careful ones, until it has answered. */
export function useRules(port: Port): Rules {
  return usePracticeWide(port, ask, STANDARD_RULES)
}
