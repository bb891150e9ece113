import { readAnswer } from '../../server/contract/api/call.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import type { BootstrapAnswer } from '../../server/contract/sync/wire.ts'
import type { ServerApi, UnreadAnswer } from '../platform/server-api.ts'
import { textOf } from '../platform/text-of.ts'
import { type ReadyRow, readyRow } from '../store/rows/ready-row.ts'

/** A page of a copy whose rows can be stored as they are. */
export type CopyPage = Omit<BootstrapAnswer, 'rows' | 'protocol'> & { readonly rows: readonly ReadyRow[] }
export type RowQuery = {
  readonly entity: EntityName
  readonly after?: string
  readonly limit: number
  readonly protocol: number
}
/**
 * Fetches a page and makes its rows ready.
 * @param peek told `next` as soon as it can be seen, before the rows are read; the page's own word counts
 */
export type FetchRows = (api: ServerApi, query: RowQuery, peek: (next: string | null) => void) => Promise<CopyPage>

/** In this very thread: for a repair, and where no thread can be had. */
export const fetchRowsHere: FetchRows = async (api, query) =>
  readyPage(query.entity, await api.call('sync.bootstrap', { query }))

/** @throws AppError what the answer says, or what is wrong with it */
export function readRows(entity: EntityName, { status, body, contentType }: UnreadAnswer): CopyPage {
  return readyPage(entity, readAnswer('sync.bootstrap', { status, text: textOf(body), contentType }))
}

/** What stands before the rows, as this server writes it. */
const HEAD_BYTES = 1000
const NEXT = /^[^[]*"next":(?:null|"([0-9a-f-]{36})")/

/** Where the next page begins, from the head of an answer; undefined when it cannot be seen there. */
export function peekNext({ status, body }: UnreadAnswer): string | null | undefined {
  if (status !== 200) return undefined
  const found = NEXT.exec(Buffer.from(body.buffer, body.byteOffset, Math.min(HEAD_BYTES, body.byteLength)).toString())
  return found === null ? undefined : (found[1] ?? null)
}

function readyPage(entity: EntityName, { epoch, seq, rows, next, totals }: BootstrapAnswer): CopyPage {
  return { epoch, seq, next, totals, rows: rows.map((row) => readyRow({ ...row, entity })) }
}
