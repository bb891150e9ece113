import type { Pixels } from '../align/features.ts'

type Colour = readonly [number, number, number]
export const GUM: Colour = [190, 80, 85]
export const TOOTH: Colour = [225, 215, 195]

/** A picture of which `at` tells the colour by shares of width and height. */
export function drawPixels(at: (x: number, y: number) => Colour, widthPx = 320, heightPx = 240): Pixels {
  const data = new Uint8Array(widthPx * heightPx * 4)
  for (let place = 0; place < widthPx * heightPx; place += 1) {
    const [red, green, blue] = at(((place % widthPx) + 0.5) / widthPx, (Math.floor(place / widthPx) + 0.5) / heightPx)
    data.set([red, green, blue, 255], place * 4)
  }
  return { data, widthPx, heightPx }
}

/** A row of teeth from left to right, in the middle of gums. `tiltDeg`: clockwise, of a picture 4 by 3. */
export function drawRow({ tiltDeg = 0, halfWidth = 0.35, halfHeight = 0.12, gain = 1 } = {}): Pixels {
  const [sin, cos] = [Math.sin((tiltDeg * Math.PI) / 180), Math.cos((tiltDeg * Math.PI) / 180)]
  return drawPixels((x, y) => {
    const [right, down] = [x - 0.5, ((y - 0.5) * 3) / 4]
    const [along, across] = [right * cos + down * sin, down * cos - right * sin]
    const isTooth = Math.abs(along) < halfWidth && Math.abs(across) < halfHeight
    const [red, green, blue] = isTooth ? TOOTH : GUM
    return [Math.min(255, red * gain), Math.min(255, green * gain), Math.min(255, blue * gain)]
  })
}

/** Blurred along both axes by a Gaussian; the rim is left as it is. */
export function blurPixels({ data, widthPx, heightPx }: Pixels, sigmaPx: number): Pixels {
  const reach = Math.ceil(sigmaPx * 3)
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, at) => Math.exp(-((at - reach) ** 2) / (2 * sigmaPx ** 2)))
  const whole = kernel.reduce((sum, one) => sum + one, 0)
  let from = Float32Array.from(data)
  for (const step of [4, 4 * widthPx]) {
    const to = from.slice()
    for (let at = reach * step; at < from.length - reach * step; at += 1) {
      let sum = 0
      for (let k = -reach; k <= reach; k += 1) sum += ((kernel[k + reach] ?? 0) / whole) * (from[at + k * step] ?? 0)
      to[at] = sum
    }
    from = to
  }
  return { data: Uint8Array.from(from, Math.round), widthPx, heightPx }
}
