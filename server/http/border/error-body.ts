import type { z } from 'zod'
import type { ErrorBody } from '../../contract/api/call.ts'
import type { ErrorCode, ErrorDetail } from '../../contract/errors.ts'

export function errorBody(code: ErrorCode, detail: ErrorDetail, requestId: string): z.infer<typeof ErrorBody> {
  return { code, detail: { ...detail }, requestId }
}
