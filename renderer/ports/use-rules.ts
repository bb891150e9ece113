import { useEffect, useState } from 'react'
import { type PracticeRules, STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import type { Port } from './bridge.ts'

export type Rules = Omit<PracticeRules, 'id'>

/** The practice's rules as this computer knows them; the standard ones until it has answered. */
export function useRules(port: Port): Rules {
  const [rules, setRules] = useState<Rules>(STANDARD_RULES)
  useEffect(() => {
    let gone = false
    // Without an answer what is known stays: the standard rules are the careful ones.
    const ask = () =>
      void port.call('rules.get').then(
        (found) => !gone && setRules(found),
        () => undefined,
      )
    ask()
    const end = port.on('store.changed', ({ practice }) => practice && ask())
    return () => {
      gone = true
      end()
    }
  }, [port])
  return rules
}
