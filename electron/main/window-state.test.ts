import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createWindowState } from './window-state.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'loupe-window-'))
afterAll(() => rmSync(folder, { recursive: true }))
const display = { x: 0, y: 0, width: 1920, height: 1080 }
const state = { x: 100, y: 50, width: 1200, height: 800, maximized: false }

test('the window comes back where it was', () => {
  const file = createWindowState(folder)
  file.save(state)
  expect(file.find([display])).toEqual(state)
})

test('a place on a display that is gone is forgotten', () => {
  const file = createWindowState(folder)
  file.save({ ...state, x: 3000 })
  expect(file.find([display])).toBeUndefined()
})

test('a damaged file costs only the place', () => {
  writeFileSync(path.join(folder, 'window.json'), '{"x":')
  expect(createWindowState(folder).find([display])).toBeUndefined()
})
