import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDisplayBounds } from './display-bounds.ts'

const LEFT = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }
const RIGHT = { id: 2, workArea: { x: 1920, y: 0, width: 3840, height: 2160 } }
const onRight = { x: 2000, y: 100, width: 1600, height: 1200, maximized: false }
const onLeft = { x: 50, y: 60, width: 900, height: 700, maximized: false }
const at = { folder: '' }
beforeEach(() => {
  at.folder = mkdtempSync(path.join(tmpdir(), 'loupe-displays-'))
})
afterEach(() => rmSync(at.folder, { recursive: true }))

test('the first time it fills the other display; with one display it has no place of its own', () => {
  const places = createDisplayBounds(at.folder)
  expect(places.find([LEFT, RIGHT], 1)).toEqual({ ...RIGHT.workArea, maximized: true })
  expect(places.find([LEFT], 1)).toBeUndefined()
})

test('each display remembers its own place, and the last one used comes first', () => {
  createDisplayBounds(at.folder).save(2, onRight)
  createDisplayBounds(at.folder).save(1, onLeft)
  const places = createDisplayBounds(at.folder)
  expect(places.find([LEFT, RIGHT], 1)).toEqual(onLeft)
  places.save(2, onRight)
  expect(places.find([LEFT, RIGHT], 1)).toEqual(onRight)
  expect(places.find([LEFT], 2)).toEqual(onLeft)
})

test('a display that is gone, or came back smaller, does not take the window along', () => {
  const places = createDisplayBounds(at.folder)
  places.save(2, onRight)
  expect(places.find([LEFT], 1)).toBeUndefined()
  const smaller = { id: 2, workArea: { x: -1280, y: 0, width: 1280, height: 720 } }
  expect(places.find([LEFT, smaller], 1)).toEqual({ ...smaller.workArea, maximized: true })
})

test('a damaged file costs only the place', () => {
  writeFileSync(path.join(at.folder, 'compare-window.json'), '{"byDisplay":')
  const places = createDisplayBounds(at.folder)
  expect(places.find([LEFT, RIGHT], 1)).toEqual({ ...RIGHT.workArea, maximized: true })
  places.save(2, onRight)
  expect(places.find([LEFT, RIGHT], 1)).toEqual(onRight)
})
