import { AppError } from '../../contract/errors.ts'
import type { Principal } from '../handler.ts'
import type { PersonCache } from './person-cache.ts'
import type { IntakeKeysPort } from './port.ts'
import type { VerifyToken } from './verify-token.ts'

/**
 * Who an Authorization header speaks for; undefined when there is none.
 * @throws AppError `auth.required` when it is not good, `auth.no-practice` when nobody here has that account
 */
export type Identify = (authorization: string | undefined) => Promise<Principal | undefined>

export function createIdentify(ports: {
  readonly verifyToken: VerifyToken
  readonly people: PersonCache
  readonly intakeKeys: IntakeKeysPort
}): Identify {
  return async (authorization) => {
    if (authorization === undefined) return undefined
    const [scheme = '', credential = '', ...rest] = authorization.split(' ')
    if (credential === '' || rest.length > 0) throw new AppError('auth.required')
    switch (scheme.toLowerCase()) {
      case 'bearer':
        return identifyPerson(ports, credential)
      case 'intake':
        return identifyIntake(ports.intakeKeys, credential)
      default:
        throw new AppError('auth.required')
    }
  }
}

async function identifyPerson(
  ports: { verifyToken: VerifyToken; people: PersonCache },
  token: string,
): Promise<Principal> {
  const account = await ports.verifyToken(token)
  const person = await ports.people.find(account)
  if (person === undefined) throw new AppError('auth.no-practice')
  const { practiceId, personId, roles } = person
  return { kind: 'person', practiceId, personId, roles }
}

async function identifyIntake(intakeKeys: IntakeKeysPort, secret: string): Promise<Principal> {
  const key = await intakeKeys.findIntakeCaller(secret)
  if (key === undefined) throw new AppError('auth.required')
  return { kind: 'intake', practiceId: key.practiceId, intakeKeyId: key.intakeKeyId }
}
