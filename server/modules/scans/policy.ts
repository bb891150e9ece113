import type { PhotoRefusal } from '../../contract/domain/photos.ts'
import type { Principal } from '../../http/handler.ts'

/** A device sees the sessions that its own key created, and of those the progress alone. */
export function maySeeProgress(caller: Principal, session: { created_by_key: string | null } | undefined): boolean {
  if (session === undefined) return false
  if (caller.kind === 'person') return true
  return session.created_by_key === caller.intakeKeyId
}

export function maySeeContents(caller: Principal): boolean {
  return caller.kind === 'person'
}

const MAY_END_BETTER: readonly PhotoRefusal[] = ['empty', 'length-differs', 'hash-differs', 'took-too-long']

/** Whether sending the photo again can help: what was stored is not what was announced, or the server gave up. Otherwise the bytes themselves are at fault. */
export function mayBeSentAgain(refusal: PhotoRefusal): boolean {
  return MAY_END_BETTER.includes(refusal)
}
