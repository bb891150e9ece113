import { v5 } from 'uuid'
import { SessionId } from '../contract/domain/ids.ts'

/** Namespace of intake sessions: changing it makes every re-run of an old manifest create its sessions anew. */
const NAMESPACE = '6f1d8a52-3c0e-5b47-9a53-0d6f1c2b7e94'

/**
 * The id of the session of one patient and day: the same on every run, so that a second run repeats `createSession`
 * and the server changes nothing. JSON keeps `a|b` + `c` apart from `a` + `b|c`.
 */
export function sessionIdOf(practice: string, patient: string, capturedOn: string): SessionId {
  return SessionId.parse(v5(JSON.stringify([practice, patient.normalize('NFC'), capturedOn]), NAMESPACE))
}
