import { useEffect, useState } from 'react'
import type { AgreementReport } from '../../../../preload/contract/agreement.ts'
import { AppError, type ErrorCode } from '../../../../server/contract/errors.ts'
import { usePort } from '../../../ports/port-context.tsx'

export const RANGES = ['30', '90', '365'] as const
/** Days up to today. */
export type Range = (typeof RANGES)[number]

type Answer = { readonly report: AgreementReport | null; readonly failed: ErrorCode | null }

/** The report of the last days, again when reads arrive; the former one stays until its answer. */
export function useAgreement(range: Range) {
  const port = usePort()
  const [answer, setAnswer] = useState<Answer>({ report: null, failed: null })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let isOver = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = () =>
      port.call('agreement.report', lastDays(Number(range), new Date())).then(
        (report) => !isOver && setAnswer({ report, failed: null }),
        (cause) => !isOver && setAnswer({ report: null, failed: AppError.from(cause).code }),
      )
    void ask()
    const end = port.on('store.changed', () => {
      clearTimeout(timer)
      timer = setTimeout(() => void ask(), 500) // a pull changes the store in bursts, and kappa can wait
    })
    return () => {
      isOver = true
      clearTimeout(timer)
      end()
    }
  }, [port, range, turn])
  return { ...answer, retry: () => setTurn((before) => before + 1) }
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
