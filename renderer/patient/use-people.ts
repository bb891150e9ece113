import type { Person } from '../../server/contract/domain/people.ts'
import type { Port } from '../ports/bridge.ts'
import { usePracticeWide } from '../ports/use-practice-wide.ts'

const NOBODY: readonly Person[] = []
const ask = (port: Port): Promise<readonly Person[]> => port.call('people.list')

/** People who work in the practice, as this computer knows them. Without an answer there are no names. */
export function usePeople(port: Port): readonly Person[] {
  return usePracticeWide(port, ask, NOBODY)
}
