// @vitest-environment jsdom
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { RecordRead } from '../../../../server/contract/domain/reads.ts'
import { reviewStateOf } from '../../../../server/contract/domain/reads.ts'
import { CommandsProvider } from '../../../commands/commands-context.tsx'
import { openPort } from '../../../ports/bridge.ts'
import { type FakeOptions, makeFakeBridge } from '../../../ports/fake-bridge.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../../../ports/fake-practice.ts'
import { LiveStateProvider, useLiveState } from '../../../ports/live-state.tsx'
import { PortProvider } from '../../../ports/port-context.tsx'
import { LANGUAGES } from '../../../text/table.ts'
import { TextProvider } from '../../../text/text-context.tsx'
import { stubScreen } from '../open-screen.tsx'
import { ReviewScreen } from '../review-screen.tsx'

beforeEach(stubScreen)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** Patients of the fake practice whose newest scan is in dispute: of two colleagues, of oneself and one, of three. */
const BY_OTHERS = 5
const BY_ME = 17
const BY_THREE = 29

async function open(patient: number, options: FakeOptions = {}) {
  const fake = makeFakeBridge({ sessionCount: 30, ...options })
  // No photo is ever decoded here: whether all were seen is another test's business.
  fake.shared.rules = { ...fake.shared.rules, seenMs: 0 }
  const { practice } = fake
  const newest = (i: number) => practice.sessions.findLast((one) => one.patientId === practice.patients[i]!.id)!.id
  const sessionId = newest(patient)
  const batch = [sessionId, newest(0)]
  const before = practice.reads.filter((read) => read.sessionId === sessionId)
  function Ready() {
    const { app, settings } = useLiveState()
    if (app === null) return null
    return (
      <TextProvider language={settings.language}>
        <ReviewScreen batch={batch} start={sessionId} onClose={() => undefined} />
      </TextProvider>
    )
  }
  render(
    <PortProvider port={openPort(fake)}>
      <LiveStateProvider>
        <CommandsProvider singleKeys>
          <Ready />
        </CommandsProvider>
      </LiveStateProvider>
    </PortProvider>,
  )
  await screen.findByRole('complementary')
  const decided = () =>
    fake.calls.filter((call) => call.name === 'review.decide').map((call) => call.input as RecordRead)
  const state = () => reviewStateOf(practice.reads.filter((read) => read.sessionId === sessionId))
  return { fake, sessionId, before, decided, state, user: userEvent.setup() }
}
const table = () => screen.findByRole('table', { name: 'Compared reads' })
const chosen = (field: string) =>
  within(screen.getByRole('radiogroup', { name: field }))
    .queryAllByRole('radio', { checked: true })
    .map((radio) => radio.textContent)

test('both reads stand beside each other with who, when and on which version; what differs is said in words', async () => {
  await open(BY_OTHERS)
  const compared = await table()
  const heads = within(compared).getAllByRole('columnheader')
  expect(heads.map((head) => head.textContent)).toEqual([
    expect.stringMatching(/^Reader 1: Dr Naledi Mbeki.*version 1.*take over/),
    expect.stringMatching(/^Reader 2: Dr Leonhard von Schwarzenfels-Brunnhuber.*version 1.*take over/),
    'Yours',
  ])
  const rows = within(compared)
    .getAllByRole('rowheader')
    .map((head) => head.textContent)
  expect(rows).toEqual([
    expect.stringMatching(/^Overall tracking.*on track.*the same$/),
    expect.stringMatching(/^Aligner fit.*seated.*the same$/),
    expect.stringMatching(/^Oral hygiene.*they differ$/),
    expect.stringMatching(/^Details.*they differ$/),
    expect.stringMatching(/^Action.*the same$/),
    expect.stringMatching(/^Note.*they differ$/),
    expect.stringMatching(/^Aligners in the photos.*the same$/),
  ])
  expect(screen.getByText('Your read settles it. All three stay in the record.')).toBeDefined()
})

test('a read of an earlier version of the scan says so', async () => {
  const { fake, sessionId } = await open(BY_OTHERS)
  const session = fake.practice.sessions.find((one) => one.id === sessionId)!
  fake.practice.sessions.splice(fake.practice.sessions.indexOf(session), 1, { ...session, version: 2 })
  fake.emit('store.changed', { patients: false, sessions: true, reads: false, practice: false })
  expect(await screen.findAllByText('on version 1; shown is 2')).toHaveLength(2)
})

test('what they agree about is filled in, what they differ in is open, and the digits go there', async () => {
  const { user } = await open(BY_OTHERS)
  await table()
  expect(chosen('Overall tracking')).toEqual([expect.stringContaining('on track')])
  expect(chosen('Oral hygiene')).toEqual([])
  await user.keyboard('2')
  expect(chosen('Overall tracking')).toEqual([expect.stringContaining('on track')])
  expect(chosen('Oral hygiene')).toEqual([expect.stringContaining('fair')])
})

test('a third read settles it, names both, and the next case is there', async () => {
  const { user, before, decided, state } = await open(BY_OTHERS)
  await table()
  await user.keyboard('3v')
  await screen.findByText('Case 2 of 2')
  expect(decided()).toMatchObject([
    {
      overallTracking: 1,
      oralHygiene: 3,
      action: { kind: 'none' },
      supersedes: null,
      adjudicates: before.map((read) => read.readId),
    },
  ])
  expect(state()).toBe('adjudicated')
})

test('what is in dispute has to be given before anything is decided', async () => {
  const { user, decided } = await open(BY_OTHERS)
  await table()
  await user.keyboard('v')
  await screen.findByText(/^The two differ here/)
  expect(document.activeElement).toBe(screen.getByRole('radiogroup', { name: 'Oral hygiene' }))
  await user.keyboard('ma')
  expect(screen.queryByRole('form')).toBeNull()
  expect(decided()).toEqual([])
})

test('Tab goes through both take-over buttons, the scores and every field: nothing is skipped, nothing is a trap', async () => {
  const { user } = await open(BY_OTHERS)
  await table()
  const seen: string[] = []
  for (let turn = 0; turn < 14; turn++) {
    await user.tab()
    const on = document.activeElement
    seen.push(on?.getAttribute('aria-label') ?? on?.textContent?.slice(0, 12) ?? '')
  }
  const inPanel = seen.slice(seen.findIndex((name) => name.startsWith('Take over')))
  expect(inPanel.slice(0, 7)).toEqual([
    'Take over all values of Dr Naledi Mbeki',
    'Take over all values of Dr Leonhard von Schwarzenfels-Brunnhuber',
    'Overall tracking',
    'Aligner fit',
    'Oral hygiene',
    'Details',
    'Note',
  ])
})

test('K and L take over a whole set, which can still be changed', async () => {
  const { user, before, decided } = await open(BY_OTHERS)
  await table()
  const [first, second] = before
  await user.keyboard('l')
  await screen.findByText(/^Taken over from reader 2/)
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' }).value).toBe(second!.notes)
  await user.keyboard('k')
  await screen.findByText(/^Taken over from reader 1/)
  await user.keyboard('t3')
  await user.keyboard('{v>4/}')
  await screen.findByText('Case 2 of 2')
  expect(decided()).toMatchObject([
    { overallTracking: 3, oralHygiene: first!.oralHygiene, notes: first!.notes, detailTags: first!.detailTags },
  ])
})

test('that an action stands already is said, and settling without one comes first', async () => {
  await open(BY_OTHERS)
  await table()
  expect(screen.getAllByText(/^Approve, go on to aligner \d+$/).length).toBeGreaterThan(0)
  expect(screen.getByText(/Another action is kept as what you would have done/)).toBeDefined()
  const verbs = within(screen.getByRole('group', { name: 'Decide' })).getAllByRole('button')
  expect(verbs[0]?.textContent).toMatch(/^Settle, no new action/)
})

test('one of the two may settle it and is told so, or corrects the own read instead', async () => {
  const { user, before, decided } = await open(BY_ME)
  await table()
  await screen.findByText(/One of the two is yours/)
  await user.keyboard('o')
  await screen.findByText(/You are correcting your own read/)
  expect(screen.queryByRole('table')).toBeNull()
  // A colleague's action came first: whatever is decided here does not take its place, and no reason is asked for.
  await screen.findByText(/The first action stands for the patient/)
  await user.keyboard('1')
  await user.keyboard('a')
  await screen.findByText('Case 2 of 2')
  const own = before.find((read) => read.readerId === FAKE_PEOPLE[0]!.id)
  expect(decided()).toMatchObject([{ supersedes: own!.readId, adjudicates: [] }])
  expect(decided()[0]).not.toHaveProperty('corrects')
})

test('whoever settles the two may put another action in the place of the one that stands, with a reason', async () => {
  const { user, before, decided, fake, sessionId } = await open(BY_OTHERS)
  await table()
  const [stands] = fake.practice.actions.filter((action) => action.sessionId === sessionId)
  await user.type(screen.getByLabelText('Reason for the correction'), 'Unseated at 22{Escape}')
  await user.keyboard('3a')
  await screen.findByText('Case 2 of 2')
  const corrects = { actionId: stands!.id, reason: 'Unseated at 22' }
  expect(decided()).toMatchObject([{ adjudicates: before.map((read) => read.readId), corrects }])
  expect(stands?.outcome).toBe('corrected')
  await user.keyboard('p')
  await screen.findByText('Case 1 of 2')
  await screen.findByText('Corrected actions')
  expect(screen.getByText(/^corrected by you, .*: Unseated at 22$/)).toBeDefined()
})

test('settled by one of the two, the first read of theirs stays beside the third', async () => {
  const { user, before, decided, state } = await open(BY_ME)
  await table()
  await user.keyboard('kv')
  await screen.findByText('Case 2 of 2')
  expect(decided()).toMatchObject([{ supersedes: null, adjudicates: before.map((read) => read.readId) }])
  expect(state()).toBe('adjudicated')
})

test('where three reads stand that is said, and the adjudicator picks the two', async () => {
  const { user, before, decided } = await open(BY_THREE)
  await table()
  expect(screen.getByText('3 reads stand, and they differ')).toBeDefined()
  // The action that stands is the third's: none of the two columns shows it.
  expect(screen.getByText(/^For the patient stands: .* \(Dr Naledi Mbeki\)\./)).toBeDefined()
  const [oldest, , newest] = before
  await user.selectOptions(screen.getByRole('combobox', { name: 'Reader 1: which read' }), oldest!.readId)
  await user.keyboard('{Escape}lv')
  await screen.findByText('Case 2 of 2')
  expect(decided()).toMatchObject([{ adjudicates: [oldest!.readId, newest!.readId] }])
})

test('a settled scan that is opened again shows all three reads and which of them settled it', async () => {
  const { user } = await open(BY_OTHERS)
  await table()
  await user.keyboard('3v')
  await screen.findByText('Case 2 of 2')
  await user.keyboard('p')
  const reads = await screen.findByRole('region', { name: 'Reads of this scan' })
  const items = within(reads).getAllByRole('listitem')
  expect(items.map((item) => item.textContent)).toEqual([
    expect.stringMatching(/^Dr Naledi Mbeki/),
    expect.stringMatching(/^Dr Leonhard von Schwarzenfels-Brunnhuber/),
    expect.stringMatching(/^Younot sent yet.*settles the two/),
  ])
  expect(screen.queryByRole('table')).toBeNull()
})

test('when a colleague settles it meanwhile, the table makes way for the three reads; what was entered stays', async () => {
  const { fake, sessionId, before, user } = await open(BY_OTHERS)
  await table()
  await user.keyboard('2')
  const third = { ...before[0]!, readId: before[0]!.readId.replace(/^0/, 'f') as (typeof before)[0]['readId'] }
  fake.practice.reads.push({
    ...third,
    sessionId,
    readerId: FAKE_PEOPLE[1]!.id,
    adjudicates: before.map((read) => read.readId),
    recordedAtMs: Date.now(),
  })
  fake.emit('store.changed', { patients: false, sessions: false, reads: true, practice: false })
  await screen.findByText('settles the two')
  expect(screen.queryByRole('table')).toBeNull()
  expect(chosen('Oral hygiene')).toEqual([expect.stringContaining('fair')])
})

test('the decision never waits for the network', async () => {
  const { fake, user, decided } = await open(BY_OTHERS, { sync: { connection: 'offline' } })
  fake.setLatency(0, ['sync.now'])
  await table()
  await user.keyboard('kv')
  await screen.findByText('Case 2 of 2')
  expect(decided()).toHaveLength(1)
})

test('a failed save keeps the case and everything that was entered', async () => {
  const { fake, user } = await open(BY_OTHERS)
  await table()
  fake.fail('review.decide', 'store.full')
  await user.keyboard('kv')
  await screen.findByText(/This decision was not saved/)
  expect(chosen('Oral hygiene')).toEqual([expect.stringContaining('poor')])
})

test('staff see both reads as a list and settle nothing', async () => {
  const staff = { practice: FAKE_PRACTICE, person: { ...FAKE_PEOPLE[0]!, roles: ['staff' as const] } }
  const { user, decided } = await open(BY_OTHERS, { app: { account: staff } })
  expect(
    within(await screen.findByRole('region', { name: 'Reads of this scan' })).getAllByRole('listitem'),
  ).toHaveLength(2)
  await user.keyboard('kv')
  expect(decided()).toEqual([])
})

test.each(LANGUAGES)('in %s the table and its choices are accessible', async (language) => {
  await open(BY_THREE, { settings: { language } })
  await waitFor(() => expect(screen.getByRole('table')).toBeDefined())
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
  // The page's own title and landmarks are the whole window's business.
  const here = violations.filter(({ id }) => !['region', 'page-has-heading-one'].includes(id))
  expect(here.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([])
})
