// @vitest-environment jsdom
import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ReadId } from '../../server/contract/domain/ids.ts'
import { openPort } from '../ports/bridge.ts'
import { makeFakeBridge } from '../ports/fake-bridge.ts'
import { fakeId } from '../ports/fake-practice.ts'
import { App } from './app.tsx'
import { stubWindow } from './testing.ts'

beforeEach(() => stubWindow())
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('a read that its reader replaced is listed, struck through, with who replaced it; only the new one stands', async () => {
  const fake = makeFakeBridge({ sessionCount: 24 })
  const { people, reads } = fake.practice
  const former = reads.find((read) => read.readerId === people[1]?.id)
  if (former === undefined) throw new Error('the fake practice has reads')
  const later = { readId: ReadId.parse(fakeId(40, 1)), supersedes: former.readId, notes: 'Looked again' }
  Object.assign(former, { notes: 'Chewies on 22' })
  reads.push({ ...former, ...later, recordedAtMs: (former.recordedAtMs ?? 0) + 60_000 })
  window.location.hash = `#/review/${former.sessionId}`
  render(<App port={openPort(fake)} />)
  const title = await screen.findByRole('heading', { name: 'Replaced reads' })
  const struck = within(title.parentElement ?? document.body).getByText('Chewies on 22')
  expect(struck.tagName).toBe('S')
  expect(screen.getByText(new RegExp(`^replaced by ${people[1]?.displayName}, `))).toBeDefined()
  expect(screen.getAllByText('Looked again')).toHaveLength(1)
})
