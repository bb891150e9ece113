import { useEffect, useState } from 'react'
import type { Person } from '../../server/contract/domain/people.ts'
import type { Port } from '../ports/bridge.ts'

const NOBODY: readonly Person[] = []

/** People of the practice, as this computer knows them. */
export function usePeople(port: Port): readonly Person[] {
  const [people, setPeople] = useState(NOBODY)
  useEffect(() => {
    let gone = false
    // Without an answer there are no names: a question may still go to any clinician.
    const ask = () =>
      void port.call('people.list').then(
        (found) => !gone && setPeople(found),
        () => undefined,
      )
    ask()
    const end = port.on('store.changed', ({ practice }) => practice && ask())
    return () => {
      gone = true
      end()
    }
  }, [port])
  return people
}
