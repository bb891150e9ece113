import { expect, it } from 'vitest'
import { fitInFile } from './fit-in-file.ts'

const change = (name: string, kib: number, id: number) => ({ name, id, args: 'x'.repeat(kib * 1024) })
const idsIn = (mutations: readonly ReturnType<typeof change>[], kib: number) =>
  fitInFile(mutations, kib * 1024).map(({ id }) => id)

const report = (id: number) => change('access.record', 20, id)
const decision = (id: number) => change('read.record', 20, id)

it('holds everything where it fits, in order', () => {
  expect(idsIn([decision(1), report(2), decision(3)], 200)).toEqual([1, 2, 3])
})

it('holds every decision before any report, and reports from the oldest on as far as there is room', () => {
  const all = [report(1), decision(2), report(3), report(4), decision(5)]
  expect(idsIn(all, 64 + 75)).toEqual([1, 2, 5])
  expect(idsIn(all, 64 + 50)).toEqual([2, 5])
})

it('is not made when decisions would have to stay out', () => {
  expect(() => idsIn([decision(1), decision(2)], 64 + 30)).toThrow('input.too-large')
})
