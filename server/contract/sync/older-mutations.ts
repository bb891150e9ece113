import type { z } from 'zod'
import { RecordRead } from '../domain/reads.ts'
import type { MutationArgs, MutationName } from './mutations.ts'

/** How one earlier version of a mutation is read: its own schema, and what it means in the present one. */
export type OlderVersion<N extends MutationName> = {
  readonly args: z.ZodType
  /** Gets what `args` has parsed. What it gives is parsed by the present schema again. */
  readonly upgrade: (args: never) => MutationArgs<N>
}
export type OlderMutations = {
  readonly [N in MutationName]?: { readonly [version: number]: OlderVersion<N> }
}

/**
 * Versions that MUTATIONS no longer has and that workstations in the field may still send. Whoever raises a version
 * there leaves the one before here, for at least 180 days: that long an outbox is accepted.
 */
export const OLDER_MUTATIONS: OlderMutations = {
  'read.record': {
    1: {
      // It could not say that it corrects: what it decided after the one that stands came second, as its author was told.
      args: RecordRead.omit({ unseen: true, secondReadId: true, corrects: true }),
      upgrade: (args: Omit<RecordRead, 'unseen' | 'secondReadId' | 'corrects'>) => args,
    },
  },
}
