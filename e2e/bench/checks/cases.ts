import sharp from 'sharp'
import type { Pixels } from '../../../renderer/align/features.ts'
import type { Random } from '../align/warp.ts'
import { fromRaw, type Loaded, type Raw, rawOf, renditionOf } from './photos.ts'

/** A real photo with one thing made wrong; `strength` in words for the table. `large`: before its rendition is made. */
export type Made = {
  readonly kind: Kind
  readonly strength: string
  readonly pixels: Pixels
  readonly large: Raw
}
export type Variation = Pick<Made, 'pixels' | 'large'>
export type Kind =
  | 'blur'
  | 'dark'
  | 'overexposed'
  | 'far'
  | 'near'
  | 'cut_top'
  | 'cut_bottom'
  | 'cut_left'
  | 'cut_right'
  | 'tilted'
  | 'turned'
  | 'mirrored'

/** In pixels of a 2048 px photo; a quarter of it in the rendition. */
const BLURS = [3, 4, 6, 8, 12, 20]
const SHAKES_PX = [24, 40]
/** Exposure values: one is half or twice the light. */
const STOPS = [-1, -2, -3, -4, 1, 2, 3]
const TILTS = [-30, -20, 20, 30]
/** Of the photo's width that is left; its surroundings are drawn from the photo's own rim. */
const FAR = [0.5, 0.4]
const NEAR = [0.6, 0.45]
/** Share of the side that is cut away. */
const CUT = 0.42

type Recipe = { readonly kind: Kind; readonly strength: string; readonly make: (large: Raw) => Promise<Raw> }

const RECIPES: readonly Recipe[] = [
  ...BLURS.map((px) => recipe('blur', `${px} px`, (large) => rawOf(fromRaw(large).blur((px * large.width) / 2048)))),
  ...SHAKES_PX.flatMap((px) =>
    [false, true].map((isUpright) => recipe('blur', `shaken ${px} px`, (large) => shake(large, px, isUpright))),
  ),
  ...STOPS.map((stop) =>
    recipe(stop < 0 ? 'dark' : 'overexposed', `${stop > 0 ? '+' : ''}${stop} EV`, (large) =>
      rawOf(fromRaw(large).linear(2 ** (stop / 2.2), 0)),
    ),
  ),
  ...TILTS.map((degrees) => recipe('tilted', `${Math.abs(degrees)} degrees`, (large) => tilt(large, degrees))),
  ...FAR.map((share) => recipe('far', `${share}`, (large) => shrinkInto(large, share))),
  ...NEAR.map((share) =>
    recipe('near', `${share}`, (large) => cut(large, (1 - share) / 2, (1 - share) / 2, share, share)),
  ),
  recipe('cut_top', `${CUT}`, (large) => cut(large, 0, CUT, 1, 1 - CUT)),
  recipe('cut_bottom', `${CUT}`, (large) => cut(large, 0, 0, 1, 1 - CUT)),
  recipe('cut_left', `${CUT}`, (large) => cut(large, CUT, 0, 1 - CUT, 1)),
  recipe('cut_right', `${CUT}`, (large) => cut(large, 0, 0, 1 - CUT, 1)),
  recipe('turned', '', (large) => rawOf(fromRaw(large).rotate(180))),
  recipe('mirrored', '', (large) => rawOf(fromRaw(large).flop())),
]

function recipe(kind: Kind, strength: string, make: Recipe['make']): Recipe {
  return { kind, strength, make }
}

/** @param isWanted by kind and strength, such as `blur 12 px` */
export async function* makeCases(
  { large }: Pick<Loaded, 'large'>,
  isWanted: (name: string) => boolean = () => true,
): AsyncGenerator<Made> {
  for (const { kind, strength, make } of RECIPES) {
    if (!isWanted(`${kind} ${strength}`.trim())) continue
    const made = await make(large)
    yield { kind, strength, pixels: await renditionOf(made), large: made }
  }
}

/** What differs between two good photos: a little framing, tilt, light, colour and compression. */
export async function* makeVariations(
  { large }: Pick<Loaded, 'large'>,
  count: number,
  random: Random,
): AsyncGenerator<Variation> {
  for (let at = 0; at < count; at += 1) {
    const turned = await tilt(large, (random() - 0.5) * 10)
    const share = 0.88 + random() * 0.12
    const framed = await cut(turned, (1 - share) * random(), (1 - share) * random(), share, share)
    const gain = 2 ** ((random() - 0.5) / 2.2)
    const tint = () => gain * (1 + (random() - 0.5) * 0.12)
    const jpeg = await fromRaw(framed)
      .linear([tint(), tint(), tint()], [0, 0, 0])
      .jpeg({ quality: 70 + Math.floor(random() * 25) })
      .toBuffer()
    const varied = await rawOf(sharp(jpeg))
    yield { pixels: await renditionOf(varied), large: varied }
  }
}

export function cut({ data, width, height }: Raw, x: number, y: number, w: number, h: number): Promise<Raw> {
  const at = { left: Math.floor(x * width), top: Math.floor(y * height) }
  const size = { width: Math.floor(w * width) - 1, height: Math.floor(h * height) - 1 }
  return rawOf(fromRaw({ data, width, height }).extract({ ...at, ...size }))
}

/** Turned about its middle; the largest part that has no empty corner, in the photo's own shape. */
async function tilt(large: Raw, degrees: number): Promise<Raw> {
  const { width, height } = large
  const turned = await rawOf(fromRaw(large).rotate(degrees, { background: '#000' }))
  const [sin, cos] = [Math.abs(Math.sin((degrees * Math.PI) / 180)), Math.cos((degrees * Math.PI) / 180)]
  const share = Math.min(width / (width * cos + height * sin), height / (width * sin + height * cos))
  const [w, h] = [Math.floor(width * share) - 2, Math.floor(height * share) - 2]
  const at = { left: Math.floor((turned.width - w) / 2), top: Math.floor((turned.height - h) / 2) }
  return rawOf(fromRaw(turned).extract({ ...at, width: w, height: h }))
}

/** As taken from far away: around it its own blurred rim goes on. */
async function shrinkInto(large: Raw, share: number): Promise<Raw> {
  const { width, height } = large
  const [w, h] = [Math.round(width * share), Math.round(height * share)]
  const [left, top] = [Math.round((width - w) / 2), Math.round((height - h) / 2)]
  const small = await rawOf(fromRaw(large).resize(w, h))
  const around = await rawOf(
    fromRaw(small).extend({ left, right: width - w - left, top, bottom: height - h - top, extendWith: 'copy' }),
  )
  const soft = await rawOf(fromRaw(around).blur(25))
  return rawOf(fromRaw(soft).composite([{ input: small.data, raw: { width: w, height: h, channels: 3 }, left, top }]))
}

/** A hand that moved sideways, or up and down, while the shutter was open. */
async function shake(large: Raw, lengthPx: number, isUpright: boolean): Promise<Raw> {
  const odd = Math.round((lengthPx * large.width) / 2048) | 1
  const kernel = Array.from({ length: odd * odd }, (_, at) =>
    (isUpright ? at % odd : Math.floor(at / odd)) === (odd - 1) / 2 ? 1 : 0,
  )
  return rawOf(fromRaw(large).convolve({ width: odd, height: odd, kernel }))
}
