import { expect, test } from 'vitest'
import { COMMAND_IDS, commandSpec, CONTEXTS } from './table.ts'

test.each(CONTEXTS)('no key of %s means two things there, global verbs included', (context) => {
  const seen = new Map<string, string>()
  for (const id of COMMAND_IDS) {
    const spec = commandSpec(id)
    if (spec.context !== context && spec.context !== 'global') continue
    for (const key of spec.keys) {
      expect(seen.get(key), `${key} of ${id}`).toBeUndefined()
      seen.set(key, id)
    }
  }
})

test('the keys that the clinic was promised are the keys of the table', () => {
  const keyOf = (id: (typeof COMMAND_IDS)[number]) => commandSpec(id).keys[0]
  expect([keyOf('review.tag'), keyOf('review.approve'), keyOf('review.message'), keyOf('review.next')]).toEqual([
    't',
    'a',
    'm',
    'n',
  ])
})

test('nothing that decides or leaves a case repeats while its key is held down', () => {
  const deciding = [
    'approve',
    'message',
    'next',
    'previous',
    'hold',
    'schedule',
    'retake',
    'refer',
    'undo',
    'send',
    'close',
    'takeFirst',
    'takeSecond',
    'settle',
    'correctOwn',
    'correctLast',
    'approveUnseen',
    'sameAsLast',
    'ask',
    'answer',
    'goals',
    'patient',
  ]
  for (const id of [
    'attention.open',
    'attention.edit',
    'attention.confirm',
    'attention.retry',
    'attention.discard',
    'attention.send',
  ] as const)
    expect(commandSpec(id).repeat, id).toBe(false)
  for (const name of deciding) {
    const id = COMMAND_IDS.find((candidate) => candidate === `review.${name}`)
    expect(id === undefined ? 'no such verb' : commandSpec(id).repeat, name).toBe(false)
  }
})
