import { expect, test } from 'vitest'
import { z } from 'zod'
import { MUTATIONS, MUTATION_NAMES } from '../../contract/sync/mutations.ts'
import { OLDER_MUTATIONS, type OlderMutations } from '../../contract/sync/older-mutations.ts'
import { readArgs } from './read-mutation.ts'

/** As if the first version had counted in seconds of one entity only. Version 1 is the present one: the made-up one is 0. */
const made: OlderMutations = {
  'sync.difference': {
    0: {
      args: z.strictObject({ reads: z.tuple([z.int(), z.int()]), at: z.int() }),
      upgrade: ({ reads: [localCount, serverCount], at }: { reads: [number, number]; at: number }) => ({
        entity: 'read' as const,
        atSeq: at,
        localCount,
        serverCount,
      }),
    },
  },
}
const difference = { entity: 'read', atSeq: 5, localCount: 1, serverCount: 2 }

test('an older version is read as what it means today', () => {
  const older = { version: 0, args: { reads: [1, 2], at: 5 } }
  expect(readArgs('sync.difference', older, made)).toEqual({ args: difference })
  expect(readArgs('sync.difference', { version: 1, args: difference }, made)).toEqual({ args: difference })
})

test.each([
  ['a version that nobody made', { version: 7, args: difference }],
  ['an inherited one', { version: 'constructor' as never, args: difference }],
  ['arguments of another version', { version: 0, args: difference }],
  ['what the present version would refuse', { version: 0, args: { reads: [-1, 2], at: 5 } }],
])('%s is unknown', (_, mutation) => {
  expect(readArgs('sync.difference', mutation, made)).toBeUndefined()
})

test('an older version is one that the table no longer has', () => {
  for (const name of MUTATION_NAMES) {
    for (const version of Object.keys(OLDER_MUTATIONS[name] ?? {})) {
      expect(Number(version), `${name} ${version}`).toBeLessThan(MUTATIONS[name].version)
    }
  }
})
