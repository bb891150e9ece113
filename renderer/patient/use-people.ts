import type { Person } from '../../server/contract/domain/people.ts'
import type { Port } from '../ports/bridge.ts'
import { usePracticeWide } from '../ports/use-practice-wide.ts'
import { afterPaint } from '../viewer/after-paint.ts'

const NOBODY: readonly Person[] = []
/** Names are for menus: the photos of a case that opens are asked for first. */
const ask = async (port: Port): Promise<readonly Person[]> => {
  await new Promise<void>((resolve) => void afterPaint(resolve))
  return await port.call('people.list')
}

/** People who work in the practice, as this computer knows them. Without an answer there are no names. */
export function usePeople(port: Port): readonly Person[] {
  return usePracticeWide(port, ask, NOBODY)
}
