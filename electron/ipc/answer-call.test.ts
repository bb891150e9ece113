import { beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../server/contract/errors.ts'
import { answerCall, type Sender } from './answer-call.ts'
import { type AskData, forwardCalls } from './forward-calls.ts'
import { silentLogger } from '../platform/logger.ts'

const ask = vi.fn<AskData>(async () => ({ ok: true as const, value: null }))
const app: Sender = { frameUrl: 'app://workstation/', isMainFrame: true }
const answering = {
  handlers: forwardCalls(ask),
  isTrusted: (sender: Sender) => sender.isMainFrame && sender.frameUrl.startsWith('app://workstation/'),
  logger: silentLogger,
}
const unlock = 'app.unlock'
beforeEach(() => void ask.mockClear())

test.each([
  { case: 'a sub-frame is refused', sender: { ...app, isMainFrame: false }, name: unlock, code: 'auth.denied' },
  {
    case: 'a foreign page is refused',
    sender: { ...app, frameUrl: 'https://x.test/' },
    name: unlock,
    code: 'auth.denied',
  },
  {
    case: 'a look-alike host is refused',
    sender: { ...app, frameUrl: 'app://workstation.x/' },
    name: unlock,
    code: 'auth.denied',
  },
  { case: 'a call outside the table is refused', sender: app, name: 'store.dump', code: 'not-found' },
  { case: 'an inherited name is no call', sender: app, name: 'constructor', code: 'not-found' },
  { case: 'a name that is no text is refused', sender: app, name: [unlock], code: 'not-found' },
  { case: 'malformed input never arrives', sender: app, name: unlock, code: 'input.invalid' },
])('$case', async ({ sender, name, code }) => {
  expect(await answerCall(answering, sender, name, { passphrase: 1 })).toMatchObject({ ok: false, code })
  expect(ask).not.toHaveBeenCalled()
})

test('a stranger learns nothing about which calls there are', async () => {
  const stranger = { ...app, isMainFrame: false }
  const known = await answerCall(answering, stranger, unlock, null)
  expect(await answerCall(answering, stranger, 'no.such', null)).toEqual(known)
})

test('an unexpected failure says only that it happened', async () => {
  const handlers = { ...answering.handlers, 'sync.now': () => Promise.reject(new Error('Okafor, Adaeze')) }
  const reply = await answerCall({ ...answering, handlers }, app, 'sync.now', null)
  expect(reply).toEqual({ ok: false, code: 'internal', detail: {} })
})

test('a refusal keeps its code and detail', async () => {
  const handlers = {
    ...answering.handlers,
    'sync.now': () => Promise.reject(new AppError('rate.limited', { waitMs: 5 })),
  }
  const reply = await answerCall({ ...answering, handlers }, app, 'sync.now', null)
  expect(reply).toEqual({ ok: false, code: 'rate.limited', detail: { waitMs: 5 } })
})
