import { useCallback, useEffect, useRef, useState } from 'react'
import type { PhotoBudgetGib, StorageUsage } from '../../../preload/contract/storage.ts'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'

/** While photos come, the figures change with each: this often is enough to watch. */
const AGAIN_AFTER_MS = 2000

export type Storage = {
  /** Null until first known. */
  readonly usage: StorageUsage | null
  /** Why it could not be read. */
  readonly failed: ErrorCode | null
  /** Why the last act did not work. */
  readonly refused: ErrorCode | null
  readonly busy: 'check' | 'budget' | null
  readonly reload: () => void
  readonly setBudget: (gib: PhotoBudgetGib) => void
  readonly check: () => void
}

/** What is kept on this computer, kept true while it is shown. */
export function useStorage(isShown: boolean): Storage {
  const port = usePort()
  const [usage, setUsage] = useState<StorageUsage | null>(null)
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  const [refused, setRefused] = useState<ErrorCode | null>(null)
  const [busy, setBusy] = useState<Storage['busy']>(null)
  /** The latest question: an answer to an older one is older than what is shown. */
  const question = useRef(0)

  const ask = useCallback(() => {
    question.current += 1
    const mine = question.current
    const answered = (found: StorageUsage) => {
      setUsage(found)
      setFailed(null)
    }
    port.call('storage.usage').then(
      (found) => mine === question.current && answered(found),
      (cause) => mine === question.current && setFailed(AppError.from(cause).code),
    )
  }, [port])

  useEffect(() => {
    if (!isShown) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        ask()
      }, AGAIN_AFTER_MS)
    }
    ask()
    const ends = [port.on('store.changed', soon), port.on('photo.arrived', soon)]
    return () => {
      question.current += 1
      clearTimeout(timer)
      for (const end of ends) end()
    }
  }, [port, ask, isShown])

  async function act(what: NonNullable<Storage['busy']>, work: () => Promise<StorageUsage>) {
    if (busy !== null) return
    setBusy(what)
    try {
      const found = await work()
      question.current += 1
      setUsage(found)
      setRefused(null)
    } catch (cause) {
      setRefused(AppError.from(cause).code)
    } finally {
      setBusy(null)
    }
  }
  return {
    usage,
    failed,
    refused,
    busy,
    reload: ask,
    setBudget: (gib) => void act('budget', () => port.call('storage.setBudget', { gib })),
    check: () => void act('check', () => port.call('storage.check')),
  }
}
