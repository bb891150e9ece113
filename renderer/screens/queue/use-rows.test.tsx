// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { openPort } from '../../ports/bridge.ts'
import { makeFakeBridge } from '../../ports/fake-bridge.ts'
import { PortProvider } from '../../ports/port-context.tsx'
import { findRow } from './row-pages.ts'
import { useRows } from './use-rows.ts'

afterEach(cleanup)

const EVERYTHING = { lane: 'all', sort: 'submitted', descending: false, search: '' } as const
const CHANGED = { patients: false, sessions: true, reads: true, practice: false }

test('rows out of sight are read again before they are shown: meanwhile colleagues moved all of them', async () => {
  const fake = makeFakeBridge({ sessionCount: 300 })
  const port = openPort(fake)
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <PortProvider port={port}>{children}</PortProvider>
  )
  const { result } = renderHook(() => useRows(EVERYTHING), { wrapper })
  const idAt = (index: number) => findRow(result.current.rows, index)?.sessionId
  const scrollTo = (first: number, last: number) => act(() => result.current.show(first, last))
  await waitFor(() => expect(idAt(0)).toBeDefined())
  scrollTo(100, 130)
  await waitFor(() => expect(idAt(105)).toBeDefined())
  const seen = Array.from({ length: 30 }, (_, index) => idAt(100 + index))
  scrollTo(0, 30)
  const [first] = [idAt(0)]
  fake.practice.sessions.splice(
    fake.practice.sessions.findIndex(({ id }) => id === first),
    1,
  )
  act(() => fake.emit('store.changed', CHANGED))
  await waitFor(() => expect(idAt(0)).not.toBe(first))
  // Nothing is better than the row of another scan.
  expect(idAt(100)).not.toBe(seen[0])
  scrollTo(90, 120)
  await waitFor(() => expect(idAt(100)).toBe(seen[1]))
  expect(new Set(Array.from({ length: 30 }, (_, index) => idAt(90 + index))).size).toBe(30)
})
