// @vitest-environment jsdom
import { cleanup, configure, screen, within } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LANGUAGES } from '../text/table.ts'
import { callsOf, heading, openAttention } from './attention-testing.tsx'
import { stubWindow } from './testing.ts'

// Patience for a busy machine; a passing test never waits this long.
configure({ asyncUtilTimeout: 8000 })

beforeEach(() => {
  stubWindow()
  window.location.hash = '#/attention'
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

/** The made-up entries end with one of each. */
const ENTRIES = 16
const ABOUT = ['rules', 'goal', 'answer', 'question'] as const

async function openAt(about: (typeof ABOUT)[number], language?: (typeof LANGUAGES)[number]) {
  const settings = language === undefined ? {} : { language }
  const opened = openAttention({ attentionCount: ENTRIES, settings })
  await heading()
  await opened.user.keyboard(`{End}${'k'.repeat(ABOUT.length - 1 - ABOUT.indexOf(about))}`)
  return opened
}

test('a change of the rules shows what it was, what was wanted and what stands, and is set all the same', async () => {
  const { fake, user } = await openAt('rules')
  expect((await heading()).textContent).toBe('Practice')
  const row = screen.getByRole('row', { name: /Time to take back/ })
  expect(
    within(row)
      .getAllByRole('cell')
      .map(({ textContent }) => textContent),
  ).toEqual(['10 seconds', '20 seconds', expect.stringMatching(/^5 seconds.*changed meanwhile/)])
  await user.click(screen.getByRole('button', { name: /Set mine/ }))
  expect(callsOf(fake, 'attention.retry')).toHaveLength(1)
})

test('the rules as they stand are one key away, and the entry stays', async () => {
  const { fake, user } = await openAt('rules')
  expect(screen.getByRole('button', { name: /Open the practice’s rules/ })).toBeDefined()
  await user.keyboard('{Enter}')
  expect(window.location.hash).toBe('#/settings/practice')
  expect(await screen.findByText('10 seconds')).toBeDefined()
  expect(callsOf(fake, 'attention.retry')).toEqual([])
})

test('an answer that came second stands beside the first, and is only let go', async () => {
  await openAt('answer')
  expect(screen.getByText('Yes, with a button on 23.')).toBeDefined()
  expect(screen.getByText('No, hold this aligner for a week.')).toBeDefined()
  expect(screen.queryByRole('button', { name: /Try again|Set mine|Decide anew/ })).toBeNull()
  expect(screen.getByRole('button', { name: /Keep theirs/ })).toBeDefined()
})

test.each(LANGUAGES)('in %s each kind of entry is accessible and names its reason', async (language) => {
  const { user } = await openAt('rules', language)
  for (const _about of ABOUT) {
    const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } })
    expect(violations.map(({ id }) => id)).toEqual([])
    expect(document.body.textContent).not.toMatch(/attention\.|practice\.|goals\./)
    await user.keyboard('j')
  }
})
