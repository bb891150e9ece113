import { v7 as uuidV7 } from 'uuid'
import { ClientId, MutationId } from '../contract/domain/ids.ts'
import { PROTOCOL_VERSION } from '../contract/protocol-version.ts'
import { MUTATIONS, type MutationName } from '../contract/sync/mutations.ts'
import type { MutationEnvelope, MutationResult } from '../contract/sync/wire.ts'
import type { PersonPrincipal } from '../http/handler.ts'
import type { TestPractice, TestServer } from './testing.ts'

export const newClient = () => ClientId.parse(uuidV7())

/** A change as a workstation sends it; `clientSeq` is given when it is sent. */
export function envelope(
  name: MutationName,
  args: unknown,
  change: Partial<MutationEnvelope> = {},
): Omit<MutationEnvelope, 'clientSeq'> {
  return { id: MutationId.parse(uuidV7()), name, version: MUTATIONS[name].version, args, base: {}, ...change }
}

const numbered = (mutations: readonly Omit<MutationEnvelope, 'clientSeq'>[]): MutationEnvelope[] =>
  mutations.map((mutation, i) => ({ ...mutation, clientSeq: i + 1 }))

/** A workstation's first push. */
export async function pushAs(
  server: TestServer,
  caller: PersonPrincipal,
  ...mutations: Omit<MutationEnvelope, 'clientSeq'>[]
): Promise<MutationResult[]> {
  const body = { protocol: PROTOCOL_VERSION, clientId: newClient(), mutations: numbered(mutations) }
  return (await server.handlers['sync.push']({ body, params: undefined, query: undefined }, caller)).results
}

/** What an administrator brings of a colleague's. */
export async function importFor(
  server: TestServer,
  importer: PersonPrincipal,
  author: Pick<PersonPrincipal, 'personId'>,
  ...mutations: Omit<MutationEnvelope, 'clientSeq'>[]
): Promise<MutationResult[]> {
  const { personId } = author
  const from = { protocol: PROTOCOL_VERSION, clientId: newClient(), personId, exportedAtMs: 5 }
  const body = { ...from, mutations: numbered(mutations) }
  return (await server.handlers['sync.importOutbox']({ body, params: undefined, query: undefined }, importer)).results
}

/** Entries of the practice's audit log with this action, oldest first. */
export function listAudit(server: TestServer, practice: Pick<TestPractice, 'id'>, action: string) {
  return server.database.inPractice(practice.id, (tx) =>
    tx
      .selectFrom('audit_entry')
      .select(['person_id', 'outcome', 'subject'])
      .where('action', '=', action)
      .orderBy('seq')
      .execute(),
  )
}

export function listParked(server: TestServer, practice: Pick<TestPractice, 'id'>) {
  return server.database.inPractice(practice.id, (tx) => tx.selectFrom('parked_mutation').selectAll().execute())
}
