import { expect, test } from 'vitest'
import type { Alignment } from '../../preload/contract/alignment.ts'
import type { CheckFlag, PhotoCheck } from '../../preload/contract/photo-check.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { withPair } from './with-pair.ts'

const hash = PhotoHash.parse('a'.repeat(64))
const checked = (...flags: CheckFlag[]): PhotoCheck => ({
  hash,
  view: 'frontal',
  recipe: 1,
  flags: flags.map((flag) => ({ flag, confidence: 0.4 })),
  looksLike: null,
  aligners: 'unknown',
})
const lined = (change: Partial<Alignment>): Alignment => ({
  pair: { current: hash, prior: PhotoHash.parse('b'.repeat(64)), view: 'frontal' },
  recipe: 1,
  verdict: 'not_comparable',
  reason: null,
  confidence: 0,
  transform: null,
  arch: 'both',
  isGuarded: true,
  turnedDeg: 0,
  tookMs: 1,
  ...change,
})
const flagsOf = (check: PhotoCheck) => check.flags.map(({ flag }) => flag)

test('a photo that lines up with an earlier one of its view is that view; blur stays', () => {
  const check = checked('blur', 'mirrored', 'wrong_view')
  expect(flagsOf(withPair(check, lined({ verdict: 'aligned' })))).toEqual(['blur'])
})

test('a side that no photo of the other side was there to check with settles nothing', () => {
  const check = checked('mirrored')
  expect(withPair(check, lined({ verdict: 'aligned', isGuarded: false }))).toBe(check)
})

test('one that lines up only when it is turned over is told as mirrored, and as nothing else of its view', () => {
  expect(flagsOf(withPair(checked(), lined({ reason: 'mirrored' })))).toEqual(['mirrored'])
  expect(flagsOf(withPair(checked('dark', 'wrong_view'), lined({ reason: 'mirrored' })))).toEqual(['dark', 'mirrored'])
})

test('told once more, as whenever the case is opened, it is the same answer', () => {
  const told = withPair(checked('dark'), lined({ reason: 'mirrored' }))
  expect(withPair(told, lined({ reason: 'mirrored' }))).toBe(told)
  expect(flagsOf(withPair(told, lined({ verdict: 'aligned' })))).toEqual(['dark'])
})

test('one that lines up only on its head is told as that', () => {
  expect(flagsOf(withPair(checked('wrong_view'), lined({ reason: 'upside_down' })))).toEqual(['upside_down'])
})

test('turned against the earlier photo by much it is told as tilted, once, and never an arch', () => {
  const tilted = lined({ verdict: 'aligned', turnedDeg: -20 })
  expect(flagsOf(withPair(checked('blur', 'wrong_view'), tilted))).toEqual(['blur', 'angle'])
  const known = checked('angle')
  expect(withPair(known, tilted)).toBe(known)
  const arch: PhotoCheck = { ...checked(), view: 'occlusal_upper' }
  expect(withPair(arch, tilted)).toBe(arch)
  const straight = checked()
  expect(withPair(straight, lined({ verdict: 'aligned', turnedDeg: 6 }))).toBe(straight)
})

test('a pair that says nothing changes nothing', () => {
  const check = checked('mirrored', 'wrong_view')
  expect(withPair(check, lined({ reason: 'too_few_points' }))).toBe(check)
  const good = checked('blur')
  expect(withPair(good, lined({ verdict: 'aligned' }))).toBe(good)
})
