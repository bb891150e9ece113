import { AppError } from '../../contract/errors.ts'

/** The last row of a page; the next page is what comes before it. */
export type Before = { readonly submittedAtMs: number; readonly sessionId: string }

const SHAPE = /^(\d{1,15})_([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/

export function formatBefore(before: Before): string {
  return `${before.submittedAtMs}_${before.sessionId}`
}

/** @throws AppError `input.invalid` for anything that `formatBefore` did not make */
export function parseBefore(text: string): Before {
  const [, submittedAtMs, sessionId] = SHAPE.exec(text) ?? []
  if (submittedAtMs === undefined || sessionId === undefined) throw new AppError('input.invalid')
  return { submittedAtMs: Number(submittedAtMs), sessionId }
}
