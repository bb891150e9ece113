import { v7 } from 'uuid'
import type { ImportedOutbox } from '../../preload/contract/outbox-file.ts'
import { ClientId } from '../../server/contract/domain/ids.ts'
import { AppError, type ErrorCode } from '../../server/contract/errors.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import {
  MAX_PUSH_BYTES,
  MAX_PUSH_MUTATIONS,
  type MutationEnvelope,
  type MutationResult,
} from '../../server/contract/sync/wire.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { isReport } from '../store/outbox/outbox.ts'
import type { Brought } from '../store/outbox/brought.ts'
import type { OutboxContents } from './contents.ts'
import type { Selection } from './selection.ts'

/** Room for the fields around the mutations of one request. */
const REQUEST_BYTES = 1000
/** The server knows other numbers under this id: somebody brought the same file at the same moment, or it was restored. */
const NUMBERS_DIFFER: ReadonlySet<ErrorCode> = new Set(['sync.gap', 'sync.client-foreign', 'conflict.exists'])

/**
 * Sends what was selected, in order, and says what the server refused of it. After a break the same file is simply brought again: what the server has is
 * recognised by its own id and changes nothing.
 * @throws AppError what the server refuses as a whole, or why it cannot be reached
 */
export async function importOutbox(
  api: ServerApi,
  contents: OutboxContents,
  selection: Selection,
): Promise<ImportedOutbox & { readonly refusals: readonly Refusal[] }> {
  const results = await sendAll(api, contents, selection).catch((cause: unknown) => {
    if (!NUMBERS_DIFFER.has(AppError.from(cause).code)) throw cause
    return sendAll(api, contents, { ...selection, clientId: ClientId.parse(v7()) })
  })
  const applied = results.filter(({ status }) => status === 'applied').length
  const leftOut = contents.mutations.length - results.length
  return { applied, refused: results.length - applied, leftOut, refusals: refusalsOf(contents, results) }
}

type Refusal = Omit<Brought, 'atMs'>

/** With all that a person needs to see of each. Reports of the program itself are counted, and shown to nobody. */
function refusalsOf({ person, mutations }: OutboxContents, results: readonly MutationResult[]): Refusal[] {
  return results.flatMap(({ id, status, code }) => {
    const mutation = mutations.find((other) => other.id === id)
    if (status === 'applied' || mutation === undefined || isReport(mutation.name)) return []
    const { name, args, base } = mutation
    const texts = { args: JSON.stringify(args ?? null), base: JSON.stringify(base) }
    return [{ mutationId: id, authorName: person.displayName, name, ...texts, status, code }]
  })
}

async function sendAll(
  api: ServerApi,
  { person, exportedAtMs }: OutboxContents,
  { clientId, mutations }: Selection,
): Promise<MutationResult[]> {
  const results: MutationResult[] = []
  for (const chunk of chunksOf(mutations)) {
    const request = { protocol: PROTOCOL_VERSION, clientId, personId: person.id, exportedAtMs, mutations: chunk }
    const answer = await api.call('sync.importOutbox', { body: request })
    if (answer.results.length !== chunk.length) throw new AppError('server.unreachable', { reason: 'import-results' })
    results.push(...answer.results)
  }
  return results
}

export function chunksOf(mutations: readonly MutationEnvelope[]): MutationEnvelope[][] {
  const chunks: MutationEnvelope[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const mutation of mutations) {
    const size = Buffer.byteLength(JSON.stringify(mutation)) + 1
    const chunk = chunks.at(-1)
    if (chunk !== undefined && chunk.length < MAX_PUSH_MUTATIONS && bytes + size <= MAX_PUSH_BYTES) {
      chunk.push(mutation)
      bytes += size
    } else {
      chunks.push([mutation])
      bytes = REQUEST_BYTES + size
    }
  }
  return chunks
}
