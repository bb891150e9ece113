// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { heading, openScreen as open, stubScreen } from './open-screen.tsx'

beforeEach(stubScreen)
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('Escape leaves the form first, then full screen, then the picking of a grey, then the review', async () => {
  const { user, onClose } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('m')
  await screen.findByRole('form')
  await user.keyboard('{Escape}')
  expect(screen.queryByRole('form')).toBeNull()
  await user.keyboard('f{Escape}')
  await user.keyboard('g')
  expect(screen.getAllByText('Click something that ought to be grey or white').length).toBeGreaterThan(0)
  await user.keyboard('{Escape}')
  expect(screen.queryByText('Click something that ought to be grey or white')).toBeNull()
  expect(onClose).not.toHaveBeenCalled()
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})

test('Escape in the panel leads to the photos before it leads out', async () => {
  const { user, onClose } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('t1')
  expect(document.activeElement?.closest('[role=radiogroup]')).not.toBeNull()
  await user.keyboard('{Escape}')
  expect(onClose).not.toHaveBeenCalled()
  expect(document.activeElement?.hasAttribute('data-command-root')).toBe(true)
  await user.keyboard('{Escape}')
  expect(onClose).toHaveBeenCalledOnce()
})

test('whoever leaves while a decision is saved leaves once it is, and not when it could not be', async () => {
  const { fake, user, onClose } = await open()
  await heading('Okafor, Adaeze')
  fake.fail('review.decide', 'store.full')
  const goOn = fake.hold()
  await user.keyboard('1a{Escape}')
  goOn()
  expect((await screen.findByRole('alert')).textContent).toMatch(/was not saved/)
  expect(onClose).not.toHaveBeenCalled()
  fake.fail('review.decide', null)
  await user.keyboard('a{Escape}')
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
})

test('a detail that was typed and not entered holds the decision up, which would lose it', async () => {
  const { user, decided } = await open()
  await heading('Okafor, Adaeze')
  await user.keyboard('1/unseat 22')
  await user.click(screen.getByRole('heading', { level: 1 }))
  await user.keyboard('a')
  expect(screen.getByText(/The detail is not entered yet/)).toBeDefined()
  expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Details' }))
  expect(decided()).toEqual([])
  await user.keyboard('{Enter}{Escape}a')
  await heading('Lindqvist, Tove')
  expect(decided()).toMatchObject([{ detailTags: [{ code: 'unseat', teeth: [22] }] }])
})

test('full screen waits while a form is open: its ticks would go with it', async () => {
  const { user } = await open({}, 4)
  await heading('Moreau, Chloé')
  await user.keyboard('r')
  const form = await screen.findByRole('form')
  await user.click(within(form).getByLabelText('Frontal'))
  await user.keyboard('f')
  expect(within(screen.getByRole('form')).getByLabelText<HTMLInputElement>('Frontal').checked).toBe(true)
})
