import { v7 as uuidV7 } from 'uuid'
import { MutationId } from '../../contract/domain/ids.ts'
import type { MutationEnvelope } from '../../contract/sync/wire.ts'

/** A read as a workstation queues it. */
export function mutationOf(clientSeq: number, args: unknown, change: Partial<MutationEnvelope> = {}): MutationEnvelope {
  const id = MutationId.parse(uuidV7())
  return { id, clientSeq, name: 'read.record', version: 1, args, base: {}, ...change }
}
