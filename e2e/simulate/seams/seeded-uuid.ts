import { ids } from './ids.ts'

/** Takes the place of npm's `uuid` while the simulator runs (module-hooks.ts): the same seed gives the same ids. */
export * from 'uuid'

export function v7(): string {
  return ids.next()
}
