import { expect, it } from 'vitest'
import { Tooth } from '../../../server/contract/domain/teeth.ts'
import { toothMatrix } from './arch.ts'
import { crownMesh } from './crown-mesh.ts'
import { archOf, crownSize, TEETH } from './crown-table.ts'
import { transformPoint } from './matrix.ts'
import { seededRandom } from './random.ts'

const FORM = { halfWidthMm: 25.5, depthMm: 46, setbackMm: 0, overbiteMm: 2.6, speeMm: 1.2 }

it('lists 28 different permanent teeth', () => {
  expect(new Set(TEETH).size).toBe(28)
  for (const fdi of TEETH) expect(Tooth.safeParse(fdi).success).toBe(true)
})

it.each(TEETH)('tooth %i: the mesh has the width, depth and length of the table', (fdi) => {
  const size = crownSize(fdi)
  const { positions } = crownMesh(fdi)
  const extent = (axis: number) => {
    const values = positions.filter((_, i) => i % 3 === axis)
    return { low: Math.min(...values), high: Math.max(...values) }
  }
  const [x, y, z] = [extent(0), extent(1), extent(2)]
  expect(x.high - x.low).toBeGreaterThan(size.mesiodistalMm * 0.93)
  expect(x.high - x.low).toBeLessThan(size.mesiodistalMm * 1.05)
  expect(y.high - y.low).toBeGreaterThan(size.buccolingualMm * 0.88)
  expect(y.high - y.low).toBeLessThan(size.buccolingualMm * 1.08)
  expect(z.high).toBeGreaterThan(size.lengthMm - 0.9)
  expect(z.high).toBeLessThan(size.lengthMm + 0.9)
})

it('puts the right quadrants on the patient’s right, molars behind incisors, and edges towards the bite', () => {
  for (const fdi of TEETH) {
    const matrix = toothMatrix(fdi, FORM)
    const neck = transformPoint(matrix, [0, 0, 0])
    const edge = transformPoint(matrix, [0, 0, crownSize(fdi).lengthMm])
    const right = [1, 4].includes(Math.floor(fdi / 10))
    expect(Math.sign(neck[0])).toBe(right ? -1 : 1)
    expect(Math.abs(edge[2])).toBeLessThan(Math.abs(neck[2]))
    expect(Math.sign(neck[2])).toBe(archOf(fdi) === 'upper' ? 1 : -1)
  }
  const y = (fdi: number) => transformPoint(toothMatrix(fdi, FORM), [0, 0, 4])[1]
  expect(y(16)).toBeGreaterThan(y(11) + 20)
})

it('mirrors a tooth of the left to the same place on the right', () => {
  const offset = { distalMm: 0.4, facialMm: 0.2, occlusalMm: 0.1, tipDeg: 3, torqueDeg: 2, rotationDeg: 0 }
  for (const fdi of [11, 13, 15, 17, 41, 43, 46]) {
    const other = fdi + (fdi < 20 ? 10 : -10)
    const a = transformPoint(toothMatrix(fdi, FORM, offset), [0, 2, 3])
    const b = transformPoint(toothMatrix(other, FORM, offset), [0, 2, 3])
    expect(a[0]).toBeCloseTo(-b[0], 9)
    expect(a[1]).toBeCloseTo(b[1], 9)
    expect(a[2]).toBeCloseTo(b[2], 9)
  }
})

it('draws the same numbers from the same seed', () => {
  const many = (seed: number) => {
    const random = seededRandom(seed)
    return Array.from({ length: 5 }, random.next)
  }
  expect(many(7)).toEqual(many(7))
  expect(many(7)).not.toEqual(many(8))
})
