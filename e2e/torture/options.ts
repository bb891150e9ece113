import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { z } from 'zod'

/** What the torture does to itself, to prove that it would notice: see `sabotage.ts`. */
export const Sabotage = z.enum(['none', 'lose-row', 'answer-before-commit'])
export type Sabotage = z.infer<typeof Sabotage>

const Options = z.object({
  kills: z.coerce.number().int().min(1).max(100_000),
  seed: z.coerce.number().int().nonnegative(),
  sabotage: Sabotage,
})
export type Options = z.infer<typeof Options>

/** @throws what zod and `parseArgs` say about a wrong flag */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: { kills: { type: 'string' }, seed: { type: 'string' }, sabotage: { type: 'string' } },
  })
  return Options.parse({
    kills: values.kills ?? '20',
    seed: values.seed ?? randomInt(2 ** 31),
    sabotage: values.sabotage ?? 'none',
  })
}
