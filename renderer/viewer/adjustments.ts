import { type Turn, UPRIGHT } from './geometry.ts'

/** Factors on linear light. */
export type Gains = { readonly red: number; readonly green: number; readonly blue: number }
/** Mean colour of a patch as the screen has it, 0-255. */
export type Rgb = Gains

/**
 * How a photo is looked at: display state only, nothing of it reaches the photo, its file or the server. Each part is a
 * function of one pixel's channel or of its place, so that the whole is one table per channel and one matrix.
 */
export type Adjustments = Turn & {
  /** Stops of exposure: 1 is twice the light. */
  readonly brightness: number
  /** 0 is as taken; 1 is twice as steep around middle grey. */
  readonly contrast: number
  /** Positive is redder, negative bluer, in steps of a tenth of a stop between red and blue. */
  readonly warmth: number
  /** From a patch that ought to be grey. */
  readonly balance: Gains
}

const EVEN: Gains = { red: 1, green: 1, blue: 1 }
export const UNADJUSTED: Adjustments = { ...UPRIGHT, brightness: 0, contrast: 0, warmth: 0, balance: EVEN }

const LIMITS = { brightness: 2, contrast: 1, warmth: 1 } as const
type Tone = keyof typeof LIMITS

/** @param clockwise degrees; any, so that a camera held askew can be straightened */
export function rotate(now: Adjustments, clockwise: number): Adjustments {
  // Rounded: ten steps of a tenth must meet the upright photo again.
  const degrees = Math.round((now.degrees + clockwise) * 100) / 100
  return { ...now, degrees: ((degrees % 360) + 360) % 360 }
}

/** Left and right as they are seen change places, whichever way the photo is turned. */
export function flip(now: Adjustments): Adjustments {
  return { ...now, flipped: !now.flipped, degrees: (360 - now.degrees) % 360 }
}

export function changeTone(now: Adjustments, tone: Tone, by: number): Adjustments {
  const limit = LIMITS[tone]
  const value = Math.round((now[tone] + by) * 100) / 100
  return { ...now, [tone]: Math.min(limit, Math.max(-limit, value)) }
}

/** Beyond this factor a patch is a colour, not a grey under coloured light. */
const MOST_GAIN = 3

/** Makes the patch grey and leaves its lightness. @returns undefined for a patch too dark or too coloured to say anything */
export function balanceBy(now: Adjustments, patch: Rgb): Adjustments | undefined {
  const light = { red: toLinear(patch.red), green: toLinear(patch.green), blue: toLinear(patch.blue) }
  if (Math.min(light.red, light.green, light.blue) < 0.001) return undefined
  const grey = 0.2126 * light.red + 0.7152 * light.green + 0.0722 * light.blue
  const balance = { red: grey / light.red, green: grey / light.green, blue: grey / light.blue }
  const gains = Object.values(balance)
  if (Math.max(...gains) > MOST_GAIN || Math.min(...gains) < 1 / MOST_GAIN) return undefined
  return { ...now, balance, warmth: 0 }
}

export function isToned({ brightness, contrast, warmth, balance }: Adjustments): boolean {
  return brightness !== 0 || contrast !== 0 || warmth !== 0 || balance.red !== 1 || balance.blue !== 1
}

export function isAdjusted(now: Adjustments): boolean {
  return isToned(now) || now.degrees !== 0 || now.flipped
}

/** Equal keys tone the same. */
export function toneKey({ brightness, contrast, warmth, balance }: Adjustments): string {
  return [brightness, contrast, warmth, balance.red, balance.green, balance.blue].join(' ')
}

export type ToneTables = { readonly [C in keyof Gains]: readonly number[] }
/** Enough for a straight line between two entries to stay within one of 255 levels. */
const TABLE_LENGTH = 65

/** What becomes of each channel: evenly spaced values 0-1, with straight lines between them. */
export function toneTables({ brightness, contrast, warmth, balance }: Adjustments): ToneTables {
  const exposure = 2 ** brightness
  const steepness = contrast >= 0 ? 1 + contrast : 1 / (1 - contrast)
  const table = (gain: number) =>
    Array.from({ length: TABLE_LENGTH }, (_, i) => {
      const value = toEncoded(toLinear((i / (TABLE_LENGTH - 1)) * 255) * gain * exposure)
      return Math.min(1, Math.max(0, (value - 0.5) * steepness + 0.5))
    })
  return {
    red: table(balance.red * 2 ** (warmth / 2)),
    green: table(balance.green),
    blue: table(balance.blue * 2 ** (-warmth / 2)),
  }
}

/** sRGB's curve: 0-255 as the screen has it to light 0-1. */
function toLinear(level: number): number {
  const value = level / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function toEncoded(light: number): number {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055
}
