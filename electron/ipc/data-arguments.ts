import type { DataOptions } from '../data/protocol.ts'

/** The data process reads its options as `--name value`; an absent certificate authority has no argument. */
export function dataArguments(options: DataOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, String(value)]))
}
