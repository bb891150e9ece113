import { SMALL } from './planes.ts'

/** Degrees that the row of teeth is turned by, clockwise: the long axis of what is like teeth. */
export function measureTilt(teeth: Float32Array, shape: number): number {
  const { widthPx, heightPx } = SMALL
  const places = [...teeth.keys()].map((at) => ({
    x: ((at % widthPx) / widthPx - 0.5) * shape,
    y: Math.floor(at / widthPx) / heightPx - 0.5,
    // The rim shows lips, gloves and retractors.
    weight: (teeth[at] ?? 0) * isInside((at % widthPx) / widthPx, Math.floor(at / widthPx) / heightPx),
  }))
  const mean = (read: (place: (typeof places)[number]) => number) => {
    let [sum, whole] = [0, 1e-9]
    for (const place of places) {
      sum += place.weight * read(place)
      whole += place.weight
    }
    return sum / whole
  }
  const [midX, midY] = [mean(({ x }) => x), mean(({ y }) => y)]
  const xx = mean(({ x }) => (x - midX) ** 2)
  const yy = mean(({ y }) => (y - midY) ** 2)
  const xy = mean(({ x, y }) => (x - midX) * (y - midY))
  return (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI
}

const RIM = 0.08
const isInside = (x: number, y: number) => (Math.min(x, 1 - x, y, 1 - y) > RIM ? 1 : 0)
