import { seesPatientData } from '../../server/contract/domain/roles.ts'
import { AppError } from '../../server/contract/errors.ts'
import type { SignedIn } from '../store/secrets/secrets.ts'
import type { Opened } from './opened.ts'
import type { Workstation } from './workstation.ts'

/** Patient data is for a signed-in person whose roles hold it. @throws AppError `auth.required`, `auth.denied` */
export function openFor(workstation: Workstation): Opened & { readonly account: SignedIn } {
  const opened = workstation.opened()
  const account = opened.session.account()
  if (account === undefined) throw new AppError('auth.required')
  if (!seesPatientData(account.person.roles)) throw new AppError('auth.denied')
  return { ...opened, account }
}
