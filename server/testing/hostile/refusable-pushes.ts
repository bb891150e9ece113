import { v7 as uuidV7 } from 'uuid'
import { newRead } from '../../modules/testing.ts'
import type { HostileWorld } from './hostile-world.ts'
import { mutationOf } from './mutation-of.ts'
import type { Case } from './refusable-requests.ts'

/** Pushes, and imports of a colleague's outbox, that are redelivered, reordered, oversized or in another's name. */
export function refusablePushes(world: HostileWorld): (() => Case)[] {
  const { pushed, imported } = world
  const push = { method: 'POST', url: '/api/v1/sync/push' } as const
  const bring = { method: 'POST', url: '/api/v1/sync/import' } as const
  return [
    ...ofSequence(world, (why, body, expected) => ({ ...push, why, body: { ...pushed, ...body }, ...expected })),
    ...ofSequence(world, (why, body, expected) => ({
      ...bring,
      why: `imported: ${why}`,
      body: { ...imported, ...body },
      ...expected,
    })),
    () => ({
      ...push,
      why: 'a colleague’s workstation',
      body: { ...pushed, clientId: world.colleaguesClient, mutations: [read(world, 3)] },
    }),
    () => ({
      ...bring,
      why: 'a colleague’s workstation in another’s name',
      body: { ...imported, clientId: pushed.clientId, mutations: [read(world, 9)] },
    }),
    () => ({
      ...bring,
      why: 'the work of their people',
      body: { ...imported, clientId: uuidV7(), personId: world.theirs.personId, mutations: [read(world, 1)] },
    }),
    () => ({
      ...bring,
      why: 'the work of nobody',
      body: { ...imported, clientId: uuidV7(), personId: uuidV7(), mutations: [read(world, 1)] },
    }),
    () => ({ ...push, why: 'an import at the push’s address', body: imported }),
    () => ({ ...bring, why: 'a push at the import’s address', body: pushed }),
  ]
}

type Body = { clientId?: string; mutations: readonly unknown[] }
type Make = (why: string, body: Body, expected?: { expected: 'unchanged' }) => Case

/** Both are numbered alike: what one refuses, the other refuses too. */
function ofSequence(world: HostileWorld, make: Make): (() => Case)[] {
  const { mutations } = world.pushed
  const last = mutations.length
  const unchanged = { expected: 'unchanged' } as const
  const isImport = make('', { mutations: [] }).url.endsWith('import')
  const own = isImport ? world.imported.mutations : mutations
  return [
    () => make('redelivered', { mutations: own }, unchanged),
    () => make('redelivered twice at once', { mutations: [...own, ...own] }, unchanged),
    () => make('redelivered backwards', { mutations: own.toReversed() }, unchanged),
    () => make('redelivered from the middle', { mutations: own.slice(3) }, unchanged),
    () => make('a used number', { mutations: [read(world, 1)] }),
    () => make('a gap', { mutations: [read(world, last + 2), read(world, last + 1)] }),
    () => make('the last number of all', { mutations: [read(world, Number.MAX_SAFE_INTEGER)] }),
    () => make('a new workstation that begins late', { clientId: uuidV7(), mutations: [read(world, 2)] }),
    () => make('too many', { mutations: Array.from({ length: 101 }, (_, i) => read(world, i + 1)) }),
    () => make('too large', { mutations: [mutationOf(last + 1, { notes: 'x'.repeat(1024 * 1024) })] }),
  ]
}

const read = ({ session }: HostileWorld, seq: number) => mutationOf(seq, newRead(session.sessionId))
