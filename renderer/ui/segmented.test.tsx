// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Segmented } from './segmented.tsx'
import { stubResizeObserver } from './testing.ts'

beforeEach(stubResizeObserver)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function Choice() {
  const [value, setValue] = useState('in')
  const options = ['in', 'out', 'unknown'].map((name) => ({ value: name, label: name }))
  return <Segmented label="Aligners" value={value} options={options} onChange={setValue} />
}

test('an arrow chooses in the key itself, however short it is pressed, and goes round', () => {
  render(<Choice />)
  const chosen = () => screen.getByRole('radio', { checked: true }).textContent
  screen.getByRole('radio', { checked: true }).focus()
  const tap = (key: string) => {
    const target = document.activeElement ?? document.body
    fireEvent.keyDown(target, { key })
    fireEvent.keyUp(target, { key })
    return chosen()
  }
  expect(['ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowLeft'].map(tap)).toEqual(['out', 'unknown', 'in', 'unknown'])
  expect(document.activeElement?.textContent).toBe('unknown')
})
