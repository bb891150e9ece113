import { parentPort } from 'node:worker_threads'
import { AppError, type ErrorCode, type ErrorDetail } from '../../server/contract/errors.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import type { UnreadAnswer } from '../platform/server-api.ts'
import { type CopyPage, readRows } from './read-rows.ts'

/** What a thread is told that it is for: one entry file serves them all. */
export const ROWS_THREAD = 'rows'

export type RowsQuestion = { readonly id: number; readonly entity: EntityName; readonly answer: UnreadAnswer }
export type RowsAnswer = { readonly id: number } & (
  | { readonly page: CopyPage }
  | { readonly code: ErrorCode; readonly detail: ErrorDetail }
)

/**
 * Runs in a thread of its own: reading a page, checking each row by its schema and making its text takes longer than
 * storing it, and the data process has screens to answer.
 */
export function readRowsInThread(): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
  parentPort?.on('message', (question: RowsQuestion) => parentPort?.postMessage(answerOne(question)))
}

function answerOne({ id, entity, answer }: RowsQuestion): RowsAnswer {
  try {
    return { id, page: readRows(entity, answer) }
  } catch (cause) {
    const { code, detail } = AppError.from(cause)
    return { id, code, detail }
  }
}
