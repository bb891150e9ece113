// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { LetGoLine } from './let-go-line.tsx'

afterEach(cleanup)

test.each([
  [{ sentCount: 1, keptCount: 0 }, /^The decision that could still be taken back was sent\.\s*$/],
  [{ sentCount: 0, keptCount: 2 }, /^\s*2 decisions are still on this computer/],
  [{ sentCount: 2, keptCount: 1 }, /^The 2 decisions.*were sent\. 1 decision is still on this computer/],
])('whoever locks or signs out reads what became of their last decisions: %o', (letGo, words) => {
  render(<LetGoLine letGo={letGo} />)
  expect(screen.getByRole('status').textContent).toMatch(words)
})

test('with nothing to take back there is nothing to say', () => {
  render(<LetGoLine letGo={null} />)
  expect(screen.queryByRole('status')).toBeNull()
})
