import { useCallback, useEffect, useRef, useState } from 'react'
import type { AgreementReport } from '../../../../preload/contract/agreement.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { usePort } from '../../../ports/port-context.tsx'

export const RANGES = ['30', '90', '365'] as const
/** Days up to today. */
export type Range = (typeof RANGES)[number]

/** A pull changes the store in bursts, and kappa can wait. */
const COALESCE_MS = 500

type Answer = { readonly report: AgreementReport | null; readonly failed: ErrorCode | null }

/** The report of the last days, again when reads arrive; the former one stays until its answer. */
export function useAgreement(range: Range) {
  const port = usePort()
  const [answer, setAnswer] = useState<Answer>({ report: null, failed: null })
  /** The latest question: an answer to an older one is older than what is shown. */
  const question = useRef(0)
  const ask = useCallback(() => {
    question.current += 1
    const mine = question.current
    port.call('agreement.report', lastDays(Number(range), new Date())).then(
      (report) => mine === question.current && setAnswer({ report, failed: null }),
      (cause) => mine === question.current && setAnswer({ report: null, failed: AppError.from(cause).code }),
    )
  }, [port, range])
  useEffect(() => {
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
  }, [port, ask])
  return { ...answer, retry: ask }
}

/** Calendar days of this computer, today included. */
export function lastDays(count: number, now: Date): { from: string; to: string } {
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - count + 1)
  return { from: dayOf(from), to: dayOf(now) }
}

function dayOf(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
