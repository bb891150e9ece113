// @vitest-environment jsdom
import { act, cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { SessionId } from '../../../server/contract/domain/ids.ts'
import type { Port } from '../../ports/bridge.ts'
import { useBatch } from './use-batch.ts'

afterEach(cleanup)

const ids = Array.from({ length: 100 }, (_, i) =>
  SessionId.parse(`0190a000-0000-7000-8000-${String(i).padStart(12, '0')}`),
)
const at = (id: SessionId) => ids.indexOf(id)

test('the cases to line up ahead lie in the direction of travel, the nearest first, forty at most', () => {
  const port: Pick<Port, 'call' | 'on'> = { call: () => new Promise(() => {}), on: () => () => {} }
  const { result } = renderHook(() => useBatch(port as Port, ids, ids[50]!)) // nothing else of it is used
  const beyond = () => result.current.beyond.map(at)
  expect(beyond()).toEqual(Array.from({ length: 40 }, (_, i) => 53 + i))
  act(() => result.current.goNext())
  expect(beyond().slice(0, 2)).toEqual([54, 55])
  act(() => result.current.goPrevious())
  expect(beyond().slice(0, 2)).toEqual([47, 46])
})
