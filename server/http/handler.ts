import type { RouteInput, RouteOutput } from '../contract/api/route.ts'
import type { ROUTES, RouteName } from '../contract/api/routes.ts'
import type { IntakeKeyId, PersonId, PracticeId } from '../contract/domain/ids.ts'
import type { Role } from '../contract/domain/roles.ts'

/** Who is asking, as the sign-in established it; a handler never reads a header. */
export type Principal =
  | {
      readonly kind: 'person'
      readonly practiceId: PracticeId
      readonly personId: PersonId
      readonly roles: readonly Role[]
      /** Who brought this person's work from another workstation; absent when they sent it themselves. */
      readonly importedBy?: PersonId
    }
  | { readonly kind: 'intake'; readonly practiceId: PracticeId; readonly intakeKeyId: IntakeKeyId }

export type PersonPrincipal = Extract<Principal, { kind: 'person' }>

type Caller<R extends { readonly who: readonly string[] }> = R['who'] extends
  | readonly ['public']
  | readonly ['presigned']
  ? undefined
  : 'intake' extends R['who'][number]
    ? Principal
    : PersonPrincipal

/** What a module supplies for one route of the table: the caller is known and allowed, every part of the input is parsed. */
export type Handler<N extends RouteName> = (
  input: RouteInput<(typeof ROUTES)[N]>,
  caller: Caller<(typeof ROUTES)[N]>,
) => Promise<RouteOutput<(typeof ROUTES)[N]>>

/** One handler for each route: leaving one out is a type error. */
export type RouteHandlers = { readonly [N in RouteName]: Handler<N> }

const TEXT = Symbol('the answer as JSON text')

/**
 * An answer one part of which exists as JSON text already (100,000 rows of a fresh copy): the border sends the text as
 * it is. Reading, checking and writing it anew was a quarter of the server's work. Only for parts whose contents were
 * parsed when they were stored. Whoever asks the answer for the part gets it parsed.
 */
export function withText<A extends object, K extends keyof A & string>(rest: Omit<A, K>, key: K, text: string): A {
  const whole = `${JSON.stringify(rest).slice(0, -1)},${JSON.stringify(key)}:${text}}`
  const part = { enumerable: true, get: () => JSON.parse(text) as unknown }
  return Object.defineProperties({ ...rest }, { [key]: part, [TEXT]: { value: whole } }) as A // rest and the part are A
}

/** The text of an answer that `withText` made; undefined for any other. */
export function findText(answer: unknown): string | undefined {
  return (answer as { readonly [TEXT]?: string } | null | undefined)?.[TEXT]
}
