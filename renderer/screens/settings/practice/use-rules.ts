import { useCallback, useEffect, useRef, useState } from 'react'
import type { LaneCounts } from '../../../../preload/contract/queue.ts'
import type { Person } from '../../../../server/contract/domain/people.ts'
import type { ChangeRules, PracticeRules } from '../../../../server/contract/domain/practice-rules.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { usePort } from '../../../ports/port-context.tsx'

export type RulesPart = keyof ChangeRules['set']

/** What the section shows: the rules as this computer has them, who works here, what each lane holds. */
export type Known = {
  readonly rules: PracticeRules
  readonly people: readonly Person[]
  readonly counts: LaneCounts
  /** An earlier change of this person was refused because a colleague's came first. */
  readonly wasRefused: boolean
}

/** `stale`: a colleague's change came while this one was being made. */
export type NotSaved = ErrorCode | 'stale'

export type Rules = {
  readonly known: Known | null
  readonly failed: ErrorCode | null
  readonly notSaved: NotSaved | null
  readonly busy: boolean
  readonly reload: () => void
  /** A form was made on something that is no longer there. */
  readonly tellStale: () => void
  /**
   * @param base the value that the person saw: what differs from it now was changed by somebody else, and nothing is saved
   * @returns whether it is saved
   */
  readonly change: <P extends RulesPart>(part: P, base: PracticeRules[P], value: PracticeRules[P]) => Promise<boolean>
}

/** Changes of the store come in bursts while a pull runs. */
const COALESCE_MS = 120

/** The practice's rules, kept true while they are shown. */
export function useRules(isShown: boolean): Rules {
  const port = usePort()
  const [known, setKnown] = useState<Known | null>(null)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  const [notSaved, setNotSaved] = useState<NotSaved | null>(null)
  const [busy, setBusy] = useState(false)
  /** The latest question: an answer to an older one is older than what is shown. */
  const question = useRef(0)

  const ask = useCallback(() => {
    question.current += 1
    const mine = question.current
    const asked = Promise.all([
      port.call('rules.get'),
      port.call('people.list'),
      port.call('queue.counts', { search: '' }),
      port.call('attention.list'),
    ])
    const answered = (found: Known) => {
      setKnown(found)
      setFailed(null)
    }
    asked.then(
      ([rules, people, counts, attention]) =>
        mine === question.current &&
        answered({ rules, people, counts, wasRefused: attention.some(({ code }) => code === 'rules.stale') }),
      (cause) => mine === question.current && setFailed(AppError.from(cause).code),
    )
  }, [port])

  useEffect(() => {
    if (!isShown) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    ask()
    const end = port.on('store.changed', () => {
      clearTimeout(timer)
      timer = setTimeout(ask, COALESCE_MS)
    })
    return () => {
      question.current += 1
      clearTimeout(timer)
      end()
    }
  }, [port, ask, isShown])

  async function change<P extends RulesPart>(
    part: P,
    base: PracticeRules[P],
    value: PracticeRules[P],
  ): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    try {
      // Asked once more: what is shown may be a moment old, and the host takes what stands now for its base.
      const now = await port.call('rules.get')
      const isStale = JSON.stringify(now[part]) !== JSON.stringify(base)
      const rules = isStale ? now : await port.call('rules.change', { set: { [part]: value } })
      setKnown((before) => (before === null ? null : { ...before, rules }))
      setNotSaved(isStale ? 'stale' : null)
      ask()
      return !isStale
    } catch (cause) {
      setNotSaved(AppError.from(cause).code)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { known, failed, notSaved, busy, reload: ask, tellStale: () => setNotSaved('stale'), change }
}
