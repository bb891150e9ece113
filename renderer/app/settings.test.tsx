// @vitest-environment jsdom
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'
import { openPort } from '../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../ports/fake-bridge.ts'
import { WRONG_PASSPHRASE } from '../ports/fake-outbox.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'
import { LANGUAGES } from '../text/table.ts'
import type { Role } from '../../server/contract/domain/roles.ts'

type Saved = { name: string; bytes: number[] }
const saved: Saved[] = []

beforeEach(() => {
  stubWindow()
  saved.length = 0
  const blobs = new Map<string, Blob>()
  // jsdom has no object URLs, and a link to one goes nowhere.
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        const url = `blob:test/${blobs.size}`
        blobs.set(url, blob)
        return url
      },
      revokeObjectURL: () => undefined,
    }),
  )
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    void blobs
      .get(this.href)
      ?.arrayBuffer()
      .then((bytes) => saved.push({ name: this.download, bytes: [...new Uint8Array(bytes)] }))
  })
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function open(section: string, options: FakeOptions = {}, role: Role = 'clinician') {
  window.location.hash = `#/settings/${section}`
  const [person] = FAKE_PEOPLE
  const account = person === undefined ? null : { practice: FAKE_PRACTICE, person: { ...person, roles: [role] } }
  const fake = makeFakeBridge({ sessionCount: 12, app: { account }, ...options })
  render(<App port={openPort(fake)} />)
  return { fake, user: userEvent.setup() }
}
const heading = (name: string) => screen.findByRole('heading', { level: 2, name })
const callsOf = (fake: ReturnType<typeof makeFakeBridge>, name: string) =>
  fake.calls.filter((call) => call.name === name).map((call) => call.input)

test('digits lead to the sections, and each has an address of its own', async () => {
  const { user } = open('')
  await heading('Preferences')
  for (const [key, name, hash] of [
    ['2', 'Keys', '#/settings/keys'],
    ['3', 'Practice', '#/settings/practice'],
    ['4', 'Agreement', '#/settings/agreement'],
    ['5', 'Storage', '#/settings/storage'],
    ['6', 'Unsent work', '#/settings/unsent'],
    ['7', 'This computer', '#/settings/computer'],
    ['1', 'Preferences', '#/settings/yours'],
  ] as const) {
    await user.keyboard(key)
    await heading(name)
    expect(window.location.hash).toBe(hash)
  }
})

test('the table says what is kept, why and how much', async () => {
  open('storage', { sync: { waitingCount: 3 } })
  const table = await screen.findByRole('table')
  const row = (name: string) => within(table).getByRole('rowheader', { name }).closest('tr')?.textContent
  expect(row('Entries of the practice')).toMatch(/so that every screen works offline/)
  expect(row('Patients')).toBe('Patients12')
  expect(row('Small pictures')).toMatch(/Never removed.*MB$/)
  expect(row('Originals')).toMatch(/first to go/)
  expect(row('Changes')).toMatch(/Never removed before the server has them.*3/)
  expect(screen.getByText('112 GB')).toBeDefined()
  expect(screen.getByText(/less than 500 MB free/)).toBeDefined()
  expect(screen.getByText(/For 30 days you can work fully without it/)).toBeDefined()
})

test('another room for photos is asked for and shown; a refusal is said and the old one stays', async () => {
  const { fake, user } = open('storage')
  await user.click(await screen.findByRole('radio', { name: '16 GB' }))
  await waitFor(() => expect(screen.getByRole('radio', { name: '16 GB' }).ariaChecked).toBe('true'))
  expect(callsOf(fake, 'storage.setBudget')).toEqual([{ gib: '16' }])
  fake.fail('storage.setBudget', 'store.full')
  await user.click(screen.getByRole('radio', { name: '2 GB' }))
  expect(await screen.findByText(/^That did not work: The disk/)).toBeDefined()
  expect(screen.getByRole('radio', { name: '16 GB' }).ariaChecked).toBe('true')
})

test('c compares with the server and says what was repaired', async () => {
  const { user } = open('storage')
  expect(await screen.findByText(/both are the same/)).toBeDefined()
  await user.keyboard('c')
  expect(await screen.findByText(/different and repaired: Patients, Reads/)).toBeDefined()
})

test('without the server nothing is compared, and the page says why', async () => {
  const { fake, user } = open('storage', { sync: { connection: 'offline', reason: 'server.unreachable' } })
  expect(await screen.findByText('Needs the server.')).toBeDefined()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Check now/ }).disabled).toBe(true)
  await user.keyboard('c')
  expect(callsOf(fake, 'storage.check')).toEqual([])
})

test('figures that cannot be read are an alert with a way on', async () => {
  const fake = makeFakeBridge({ sessionCount: 12 })
  fake.fail('storage.usage', 'internal')
  window.location.hash = '#/settings/storage'
  render(<App port={openPort(fake)} />)
  expect((await screen.findByRole('alert')).textContent).toMatch(/could not be read/)
  fake.fail('storage.usage', null)
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('table')).toBeDefined()
})

test('an export wants twelve characters twice, then saves the file and removes nothing', async () => {
  const { fake, user } = open('unsent', { sync: { waitingCount: 3 } })
  expect(await screen.findByText('3 changes of yours wait to be sent')).toBeDefined()
  await user.keyboard('e')
  const first = await screen.findByLabelText('Passphrase of the file')
  expect(document.activeElement).toBe(first)
  expect(screen.getByText(/Give it to a practice administrator/)).toBeDefined()
  expect(screen.getByText(/Nothing is removed here/)).toBeDefined()
  await user.type(first, 'elevenchars{Enter}')
  expect(callsOf(fake, 'outbox.export')).toEqual([])
  await user.clear(first)
  await user.type(first, 'maple rocket onion sail')
  await user.type(screen.getByLabelText('The same again'), 'maple rocket onion{Enter}')
  expect(screen.getByText(/not the same/)).toBeDefined()
  expect(callsOf(fake, 'outbox.export')).toEqual([])
  await user.type(screen.getByLabelText('The same again'), ' sail{Enter}')
  expect(await screen.findByText(/^3 changes are in the file loupe-unsent.*Nothing was removed here/)).toBeDefined()
  await waitFor(() => expect(saved).toEqual([{ name: 'loupe-unsent-2026-08-03.loupe', bytes: [1, 2, 3] }]))
  expect(screen.queryByLabelText('Passphrase of the file')).toBeNull()
  expect(screen.getByText('3 changes of yours wait to be sent')).toBeDefined()
})

test('an export that fails says why and saves nothing; Escape leaves the form', async () => {
  const { fake, user } = open('unsent', { sync: { waitingCount: 1 } })
  fake.fail('outbox.export', 'store.full')
  await screen.findByText('1 change of yours waits to be sent')
  await user.keyboard('e')
  await user.type(await screen.findByLabelText('Passphrase of the file'), 'maple rocket onion sail')
  await user.type(screen.getByLabelText('The same again'), 'maple rocket onion sail{Enter}')
  expect(await screen.findByText(/The disk is nearly full/)).toBeDefined()
  await user.keyboard('{Escape}')
  expect(screen.queryByLabelText('Passphrase of the file')).toBeNull()
  expect(saved).toEqual([])
})

test('with nothing unsent there is nothing to export', async () => {
  const { user } = open('unsent')
  expect(await screen.findByText('Nothing waits')).toBeDefined()
  expect(screen.getByRole<HTMLButtonElement>('button', { name: /Export unsent work/ }).disabled).toBe(true)
  await user.keyboard('e')
  expect(screen.queryByLabelText('Passphrase of the file')).toBeNull()
})

test.each(['clinician', 'staff'] as const)(
  'a %s finds no import, neither on the page nor in the palette',
  async (role) => {
    const { user } = open('unsent', {}, role)
    await heading('Unsent work')
    expect(screen.queryByText(/colleague’s unsent work|Colleagues’ unsent work/)).toBeNull()
    await user.keyboard('{Control>}k{/Control}')
    expect(await screen.findByRole('option', { name: /^Export unsent work/ })).toBeDefined()
    expect(screen.queryByRole('option', { name: /colleague/ })).toBeNull()
  },
)

test('an administrator exports what a colleague left unsent on this computer; nobody else sees that', async () => {
  const { fake, user } = open('unsent', { sync: { waitingCount: 3 } }, 'practice_admin')
  expect(await screen.findByText('Colleagues’ unsent work on this computer')).toBeDefined()
  const colleague = fake.practice.people[1]
  const name = colleague?.displayName ?? ''
  await user.click(screen.getByRole('button', { name: `Export the unsent work of ${name}` }))
  expect(await screen.findByRole('heading', { name: `Export the unsent work of ${name}` })).toBeDefined()
  await user.type(screen.getByLabelText('Passphrase of the file'), 'maple rocket onion sail')
  await user.type(screen.getByLabelText('The same again'), 'maple rocket onion sail{Enter}')
  expect(await screen.findByText(/^2 changes are in the file/)).toBeDefined()
  expect(callsOf(fake, 'outbox.export')).toMatchObject([{ personId: colleague?.id }])
  await user.keyboard('e')
  expect(await screen.findByRole('heading', { name: 'Export unsent work' })).toBeDefined()
})

const FILE = new File([Uint8Array.of(1, 2, 3)], 'loupe-unsent.loupe')

async function chooseFile(user: ReturnType<typeof userEvent.setup>, passphrase: string) {
  await user.click(await screen.findByRole('button', { name: 'Open a file…' }))
  await user.upload(screen.getByLabelText('File'), FILE)
  await screen.findByText('loupe-unsent.loupe')
  await user.type(screen.getByLabelText('Passphrase of the file'), `${passphrase}{Enter}`)
}

test('an administrator sees whose work it is before anything is sent; old instructions need a tick', async () => {
  const { fake, user } = open('unsent', {}, 'practice_admin')
  await chooseFile(user, 'maple rocket onion sail')
  expect(await screen.findByText('Dr Maximiliane Anneliese von Hohenstein-Wittgenfels')).toBeDefined()
  expect(callsOf(fake, 'outbox.import')).toEqual([])
  expect(screen.getByRole('button', { name: 'Send 11 changes' })).toBeDefined()
  await user.click(screen.getByRole('checkbox', { name: /These 3 old instructions are checked with Dr Max/ }))
  await user.click(screen.getByRole('button', { name: 'Send 14 changes' }))
  expect(await screen.findByText('Carried out')).toBeDefined()
  expect(screen.getByText('13')).toBeDefined()
  expect(screen.queryByText('Left out')).toBeNull()
  expect(callsOf(fake, 'outbox.import')).toMatchObject([{ confirmStale: true, passphrase: 'maple rocket onion sail' }])
})

test('without the tick the old instructions are left out, and the result says so', async () => {
  const { fake, user } = open('unsent', {}, 'practice_admin')
  await chooseFile(user, 'maple rocket onion sail')
  await user.click(await screen.findByRole('button', { name: 'Send 11 changes' }))
  expect(await screen.findByText('Left out')).toBeDefined()
  expect(screen.getByText(/still in the file/)).toBeDefined()
  expect(callsOf(fake, 'outbox.import')).toMatchObject([{ confirmStale: false }])
})

test('another passphrase, and a break while sending, are said; nothing typed is lost', async () => {
  const { fake, user } = open('unsent', {}, 'practice_admin')
  await chooseFile(user, WRONG_PASSPHRASE)
  expect(await screen.findByText(/passphrase is another one/)).toBeDefined()
  expect(screen.getByText('loupe-unsent.loupe')).toBeDefined()
  await user.clear(screen.getByLabelText('Passphrase of the file'))
  await user.type(screen.getByLabelText('Passphrase of the file'), 'maple rocket onion sail{Enter}')
  fake.fail('outbox.import', 'server.unreachable')
  await user.click(await screen.findByRole('button', { name: 'Send 11 changes' }))
  expect(await screen.findByText(/It broke off.*what arrived is not doubled/)).toBeDefined()
  fake.fail('outbox.import', null)
  await user.click(screen.getByRole('button', { name: 'Send 11 changes' }))
  expect(await screen.findByText('Carried out')).toBeDefined()
})

test('what is on its way to the server stays on the page until its result is there, whatever is pressed', async () => {
  const { fake, user } = open('unsent', {}, 'practice_admin')
  await chooseFile(user, 'maple rocket onion sail')
  const answered = fake.hold(({ name }) => name === 'outbox.import')
  await user.click(await screen.findByRole('button', { name: 'Send 11 changes' }))
  await user.keyboard('{Escape}1')
  act(answered)
  expect(await screen.findByText('Carried out')).toBeDefined()
})

test.each(LANGUAGES)('in %s every section and form is accessible', async (language) => {
  const { user } = open('storage', { settings: { language }, sync: { waitingCount: 2 } }, 'practice_admin')
  await screen.findByRole('table')
  await expectAccessible()
  for (const section of ['2', '3', '4', '7']) {
    await user.keyboard(section)
    await expectAccessible()
  }
  await user.keyboard('e')
  await waitFor(() => expect(document.querySelectorAll('input[type="password"]')).toHaveLength(2))
  await expectAccessible()
  await user.keyboard('{Escape}')
  const opener = within(screen.getByRole('main')).getAllByRole('button').at(-1)
  if (opener !== undefined) await user.click(opener)
  const picker = document.querySelector<HTMLInputElement>('input[type="file"]')
  if (picker === null) throw new Error('no file field')
  await user.upload(picker, FILE)
  await screen.findByText('loupe-unsent.loupe')
  const field = document.querySelector<HTMLInputElement>('input[type="password"]')
  if (field === null) throw new Error('no passphrase field')
  await user.type(field, 'maple rocket onion sail{Enter}')
  await screen.findByRole('checkbox')
  await expectAccessible()
  await user.keyboard('{Enter}')
  await waitFor(() => expect(screen.queryByRole('checkbox')).toBeNull())
  await expectAccessible()
})

/** Colours need a real browser; everything else is checked here. */
async function expectAccessible() {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
}
