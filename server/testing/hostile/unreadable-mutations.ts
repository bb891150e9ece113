import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import { SecondReadId } from '../../contract/domain/ids.ts'
import { MUTATIONS, type MutationName } from '../../contract/sync/mutations.ts'
import { newGoal, newQuestion } from '../../modules/testing-review.ts'
import { newRead } from '../../modules/testing.ts'
import { difference, displayedOf, resolutionOf } from './every-mutation.ts'
import { anyJsonText, type Json, spoilt } from './hostile-json.ts'
import type { HostileRequest } from './hostile-request.ts'
import { isMalformed } from './hostile-requests.ts'
import type { HostileWorld } from './hostile-world.ts'
import { mutationOf } from './mutation-of.ts'

/** One mutation that cannot be applied: its arguments as text, for there are texts that no JSON value holds. */
type Unreadable = {
  readonly why: string
  readonly text: string
  readonly name: string
  readonly base?: Json
  readonly version?: number
}

/** Well-formed pushes (and imports) of one mutation that cannot be applied: kept for a person to look at, and nothing else changes. */
export function unreadableMutations(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const unreadable = fc.oneof(
    { weight: 6, arbitrary: spoiltArgs(world) },
    { weight: 2, arbitrary: anyArgs },
    { weight: 2, arbitrary: notTheirs(world) },
    { weight: 2, arbitrary: staleChange(world) },
    { weight: 1, arbitrary: unstorableText(world) },
    { weight: 1, arbitrary: unknownName(world) },
  )
  const version = fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.constantFrom(2, 3, 99, 2 ** 31, 2 ** 53 - 1))
  const address = fc.oneof({ weight: 3, arbitrary: fc.constant('push') }, fc.constant('import'))
  return fc.record({ unreadable, version, address }).map(({ unreadable: given, version: said, address: to }) => {
    const base = given.base === undefined ? {} : { base: given.base as Record<string, Json> } // made as one below
    const envelope = mutationOf(1, '@args', { name: given.name, version: given.version ?? said, ...base })
    const { personId, exportedAtMs, protocol } = world.imported
    const asImport = to === 'import' ? { personId, exportedAtMs } : {}
    const body = JSON.stringify({ protocol, clientId: uuidV7(), ...asImport, mutations: [envelope] })
    const token = world.tokens.get(to === 'import' ? 'practice_admin' : 'clinician')
    return {
      why: `${given.why}, ${given.name} ${said}`,
      method: 'POST',
      url: `/api/v1/sync/${to}`,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      payload: body.replace('"@args"', () => given.text),
      expected: 'refused',
    }
  })
}

function spoiltArgs(world: HostileWorld): fc.Arbitrary<Unreadable> {
  const { sessionId } = world.session
  const valid: Readonly<Record<MutationName, () => unknown>> = {
    'read.record': () => newRead(sessionId),
    'access.record': () => ({ displayed: [displayedOf(sessionId), displayedOf(sessionId)] }),
    'patient.change': () => ({ patientId: world.patient.id, set: { givenName: 'B', birthDate: null } }),
    'parked.resolve': () => resolutionOf(uuidV7()),
    'rules.change': () => ({
      set: { graceSeconds: 12, lanes: [{ id: 'a', name: 'A', conditions: [{ is: 'flagged' }] }] },
    }),
    'goal.save': () => newGoal(world.patient.id),
    'question.ask': () => newQuestion(sessionId),
    'question.answer': () => ({ questionId: uuidV7(), text: 'I would.' }),
    'sync.difference': () => difference,
  }
  // The values that the patient has: nothing but the arguments is wrong.
  const base = { givenName: world.patient.givenName, birthDate: world.patient.birthDate }
  const ofName = (name: MutationName) =>
    spoilt(fc.constant(null).map(() => valid[name]() as Json)) // plain JSON
      .filter(({ text }) => isMalformed(MUTATIONS[name].args, text))
      .map(({ why, text }) => ({ why, text, name, base }))
  return fc.oneof(...(Object.keys(valid) as MutationName[]).map(ofName))
}

const anyArgs: fc.Arbitrary<Unreadable> = fc
  .record({ text: anyJsonText, name: fc.constantFrom(...Object.keys(MUTATIONS)) })
  .map(({ text, name }) => ({ why: 'any arguments', text, name }))

/** About what is another practice's, a colleague's, or withdrawn. */
function notTheirs(world: HostileWorld): fc.Arbitrary<Unreadable> {
  const { theirs, withdrawn } = world
  const rename = { set: { givenName: 'X' } }
  const cases: readonly (() => Omit<Unreadable, 'text'> & { args: unknown })[] = [
    () => ({ why: 'a read of theirs', name: 'read.record', args: newRead(theirs.session.sessionId) }),
    () => ({ why: 'a read of what was withdrawn', name: 'read.record', args: newRead(withdrawn.sessionId) }),
    () => ({
      why: 'a change of their patient',
      name: 'patient.change',
      args: { patientId: theirs.patient.id, ...rename },
      base: { givenName: 'A' },
    }),
    () => ({
      why: 'a doctor of theirs',
      name: 'patient.change',
      args: { patientId: world.patient.id, set: { doctorId: theirs.personId } },
      base: { doctorId: null },
    }),
    () => ({ why: 'a goal of their patient', name: 'goal.save', args: newGoal(theirs.patient.id) }),
    () => ({ why: 'a question about theirs', name: 'question.ask', args: newQuestion(theirs.session.sessionId) }),
    () => ({
      why: 'a question of one of theirs',
      name: 'question.ask',
      args: newQuestion(world.session.sessionId, { askedOf: theirs.personId }),
    }),
    () => ({ why: 'an answer to nothing', name: 'question.answer', args: { questionId: uuidV7(), text: 'x' } }),
    () => ({
      why: 'a second read that nobody drew',
      name: 'read.record',
      version: 2,
      args: newRead(world.session.sessionId, { secondReadId: newSecondReadId(), action: { kind: 'none' } }),
    }),
    () => ({
      why: 'rules of a clinician',
      name: 'rules.change',
      args: { set: { graceSeconds: 12 } },
      base: { graceSeconds: 10 },
    }),
    () => ({
      why: 'what is kept for a colleague',
      name: 'parked.resolve',
      args: resolutionOf(world.someonesParked),
    }),
  ]
  return fc.constantFrom(...cases).map((make) => {
    const { args, ...rest } = make()
    return { ...rest, text: JSON.stringify(args) }
  })
}

/** A base that the patient never had, of any shape: two values for a person to choose from. */
function staleChange(world: HostileWorld): fc.Arbitrary<Unreadable> {
  const base = fc.oneof(
    fc.constantFrom<Json>({}, { currentStage: 2 }, { currentStage: '3' }, { currentStage: [3] }, { CURRENTSTAGE: 3 }),
    fc.jsonValue({ maxDepth: 2 }).map((value) => ({ currentStage: value === 3 ? null : value }) as Json),
  )
  const text = JSON.stringify({ patientId: world.patient.id, set: { currentStage: 9 } })
  return base.map((made) => ({ why: 'a stale change', text, name: 'patient.change', base: made }))
}

/** In order but for text that the database does not hold as it is. */
function unstorableText(world: HostileWorld): fc.Arbitrary<Unreadable> {
  const { patient, session } = world
  const base = { givenName: patient.givenName }
  const cases: readonly ((text: string) => readonly [MutationName, unknown])[] = [
    (notes) => ['read.record', newRead(session.sessionId, { notes })],
    (givenName) => ['patient.change', { patientId: patient.id, set: { givenName } }],
    (reason) => ['parked.resolve', { ...resolutionOf(uuidV7()), reason }],
  ]
  return fc
    .tuple(fc.constantFrom(...cases), fc.constantFrom('a\0', '\ud800', 'a\udfff b', '\udfff\ud800'))
    .map(([make, unstorable]) => {
      const [name, args] = make(unstorable)
      return { why: 'text that cannot be kept', text: JSON.stringify(args), name, base }
    })
}

const newSecondReadId = () => SecondReadId.parse(uuidV7())

function unknownName(world: HostileWorld): fc.Arbitrary<Unreadable> {
  const names = ['read.forget', 'constructor', '__proto__', 'toString', '', 'a\0b', '\ud800', 'x'.repeat(60)]
  return fc
    .constantFrom(...names)
    .map((name) => ({ why: 'no such change', text: JSON.stringify(newRead(world.session.sessionId)), name }))
}
