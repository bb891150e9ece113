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
