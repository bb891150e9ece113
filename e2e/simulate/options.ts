import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { PLANTED_NAMES } from './planted/registry.ts'

const Options = z.object({
  seeds: z.coerce.number().int().min(1).max(10_000_000),
  /** The first seed; without `--seeds` the only one. */
  seed: z.coerce.number().int().nonnegative(),
  workers: z.coerce.number().int().min(1).max(64),
  planted: z.enum(PLANTED_NAMES).optional(),
  /** Prints every request and every step. */
  trace: z.boolean(),
  /** Prints the hash of every run. */
  hashes: z.boolean(),
  /** Ends at the first failing seed. */
  first: z.boolean(),
  /** Leaves a failing run as long as it is. */
  whole: z.boolean(),
})
export type Options = z.infer<typeof Options>

/** @throws what zod and `parseArgs` say about a wrong flag */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: [...args],
    options: {
      seeds: text,
      seed: text,
      workers: text,
      planted: text,
      trace: flag,
      hashes: flag,
      first: flag,
      whole: flag,
    },
  })
  const seeds = Number(values.seeds ?? (values.seed === undefined ? 100 : 1))
  return Options.parse({
    ...values,
    seeds,
    seed: values.seed ?? 1,
    workers: values.workers ?? Math.min(2, availableParallelism(), Math.ceil(seeds / 10)),
  })
}
