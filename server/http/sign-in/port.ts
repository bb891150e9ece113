import type { IntakeKeyId, PersonId, PracticeId } from '../../contract/domain/ids.ts'
import type { Role } from '../../contract/domain/roles.ts'

/** Implemented by modules/people/service.ts. Undefined: unknown, or no longer active. */
export type PeoplePort = {
  findPersonByCredential(credential: {
    readonly issuer: string
    readonly subject: string
  }): Promise<
    { readonly practiceId: PracticeId; readonly personId: PersonId; readonly roles: readonly Role[] } | undefined
  >
}

/** Implemented by modules/intake-keys/service.ts. Undefined: unknown or revoked. */
export type IntakeKeysPort = {
  findIntakeCaller(
    secret: string,
  ): Promise<{ readonly practiceId: PracticeId; readonly intakeKeyId: IntakeKeyId } | undefined>
}
