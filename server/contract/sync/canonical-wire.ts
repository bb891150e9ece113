import { z } from 'zod'
import { ErrorBody } from '../api/call.ts'
import { ROUTES } from '../api/routes.ts'
import { Poke } from '../live/poke.ts'
import { Presence } from '../live/presence.ts'
import { ENTITIES } from './entities.ts'
import { MUTATIONS } from './mutations.ts'
import { OLDER_MUTATIONS } from './older-mutations.ts'

/** Everything that a workstation and a server of different ages must understand of each other, by name. */
export function wireSchemas(): Readonly<Record<string, z.ZodType>> {
  const { 'sync.push': push, 'sync.pull': pull, 'sync.bootstrap': bootstrap, 'sync.digest': digest } = ROUTES
  const { 'sync.importOutbox': imported } = ROUTES
  return {
    push: push.body,
    'push answer': push.output,
    pull: pull.query,
    'pull answer': pull.output,
    bootstrap: bootstrap.query,
    'bootstrap answer': bootstrap.output,
    digest: digest.query,
    'digest answer': digest.output,
    'outbox import': imported.body,
    error: ErrorBody,
    poke: Poke,
    presence: Presence,
    'presence said': ROUTES['presence.set'].body,
    ...Object.fromEntries(Object.entries(ENTITIES).map(([name, body]) => [`entity ${name}`, body])),
    ...Object.fromEntries(
      Object.entries(OLDER_MUTATIONS).flatMap(([name, versions]) =>
        Object.entries(versions).map(([version, { args }]) => [`mutation ${name} ${version}`, args] as const),
      ),
    ),
    ...Object.fromEntries(
      Object.entries(MUTATIONS).map(([name, { version, args }]) => [`mutation ${name} ${version}`, args]),
    ),
  }
}

/**
 * The same text for the same shapes, whatever order their fields are written in: what is accepted and what comes of
 * it. Rules in code (`refine`) have no shape and are not in it.
 */
export function canonicalWire(schemas: Readonly<Record<string, z.ZodType>>): string {
  const shape = (schema: z.ZodType, io: 'input' | 'output') => z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  const shapes = Object.entries(schemas).map(([name, schema]) => [
    name,
    { input: shape(schema, 'input'), output: shape(schema, 'output') },
  ])
  return JSON.stringify(sorted(Object.fromEntries(shapes)))
}

/** Names in a list (`required`, `enum`) are a set: their order says nothing either. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: unknown[] = value.map(sorted)
    return items.every((item) => typeof item === 'string') ? items.toSorted() : items
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, child]) => [key, sorted(child)] as const)
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
