import { z } from 'zod'

/** A permanent tooth in ISO 3950 (FDI) two-digit notation: quadrant 1-4, position 1-8. Stored in this form always. */
export const Tooth = z.int().refine((n) => {
  const quadrant = Math.floor(n / 10)
  const position = n % 10
  return quadrant >= 1 && quadrant <= 4 && position >= 1 && position <= 8
}, 'Not a permanent tooth in FDI notation')
export type Tooth = z.infer<typeof Tooth>

/** Universal number 1-32 of an FDI tooth, for people who prefer it. */
export function toUniversal(fdi: Tooth): number {
  const quadrant = Math.floor(fdi / 10)
  const position = fdi % 10
  switch (quadrant) {
    case 1:
      return 9 - position
    case 2:
      return 8 + position
    case 3:
      return 25 - position
    default:
      return 24 + position
  }
}

/** FDI tooth of a Universal number 1-32. */
export function fromUniversal(universal: number): Tooth {
  if (!Number.isInteger(universal) || universal < 1 || universal > 32)
    throw new RangeError('Universal tooth numbers run from 1 to 32')
  if (universal <= 8) return 10 + (9 - universal)
  if (universal <= 16) return 20 + (universal - 8)
  if (universal <= 24) return 30 + (25 - universal)
  return 40 + (universal - 24)
}
