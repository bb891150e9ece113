import type { Translate } from './text-context.tsx'
import type { Times } from './times.ts'

const MINUTE_MS = 60_000
const COARSE_FROM_MS = 10 * MINUTE_MS
const COARSE_MS = 5 * MINUTE_MS

/** `about 3 minutes left`: in steps that grow with the time, so that a guess does not flicker. */
export function leftWords(leftMs: number, t: Translate, times: Times): string {
  if (leftMs < MINUTE_MS) return t('firstCopy.leftLittle')
  const stepMs = leftMs < COARSE_FROM_MS ? MINUTE_MS : COARSE_MS
  return t('firstCopy.left', { span: times.inWords(Math.ceil(leftMs / stepMs) * stepMs) })
}
