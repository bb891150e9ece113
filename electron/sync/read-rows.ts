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
/** Fetches a page and makes its rows ready. */
export type FetchRows = (api: ServerApi, query: RowQuery) => Promise<CopyPage>

/** In this very thread: for a repair, and where no thread can be had. */
export const fetchRowsHere: FetchRows = async (api, query) =>
  readyPage(query.entity, await api.call('sync.bootstrap', { query }))

/** @throws AppError what the answer says, or what is wrong with it */
export function readRows(entity: EntityName, { status, body, contentType }: UnreadAnswer): CopyPage {
  return readyPage(entity, readAnswer('sync.bootstrap', { status, text: textOf(body), contentType }))
}

function readyPage(entity: EntityName, { epoch, seq, rows, next, totals }: BootstrapAnswer): CopyPage {
  return { epoch, seq, next, totals, rows: rows.map((row) => readyRow({ ...row, entity })) }
}
