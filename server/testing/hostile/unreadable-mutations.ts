import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import { RecordRead } from '../../contract/domain/reads.ts'
import { newRead } from '../../modules/testing.ts'
import { anyJsonText, spoilt } from './hostile-json.ts'
import type { HostileRequest } from './hostile-request.ts'
import { isMalformed } from './hostile-requests.ts'
import type { HostileWorld } from './hostile-world.ts'
import { mutationOf } from './mutation-of.ts'

type Json = Parameters<typeof spoilt>[0] extends fc.Arbitrary<infer J> ? J : never

/** Well-formed pushes of one mutation that cannot be applied: kept for a person to look at, and nothing else changes. */
export function unreadableMutations(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const read = fc.constant(null).map(() => newRead(world.session.sessionId) as Json) // plain JSON
  const spoiltArgs = spoilt(read).filter(({ text }) => isMalformed(RecordRead, text))
  const theirs = fc.constant(null).map(() => JSON.stringify(newRead(world.theirs.session.sessionId)))
  const args = fc.oneof(
    { weight: 6, arbitrary: spoiltArgs },
    { weight: 2, arbitrary: anyJsonText.map((text) => ({ why: 'any arguments', text })) },
    { weight: 1, arbitrary: theirs.map((text) => ({ why: 'a read of theirs', text })) },
  )
  const names = fc.constantFrom(
    'read.forget',
    'constructor',
    '__proto__',
    'toString',
    '',
    'a\0b',
    '\ud800',
    'x'.repeat(60),
  )
  const name = fc.oneof({ weight: 6, arbitrary: fc.constant('read.record') }, { weight: 1, arbitrary: names })
  const version = fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.constantFrom(2, 99, 2 ** 31, 2 ** 53 - 1))
  return fc.record({ args, name, version }).map((given) => {
    const envelope = mutationOf(1, '@args', { name: given.name, version: given.version })
    const push = JSON.stringify({ protocol: 1, clientId: uuidV7(), mutations: [envelope] })
    return {
      why: `${given.args.why}, ${given.name} ${given.version}`,
      method: 'POST',
      url: '/api/v1/sync/push',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${world.tokens.get('clinician')}` },
      payload: push.replace('"@args"', () => given.args.text),
      expected: 'refused',
    }
  })
}
