import { MATERIAL, type Material } from '../anatomy/mesh.ts'
import { noise3 } from './noise.ts'

/** How one mouth looks; set per patient, with what differs per session. */
export type Look = {
  /** 0 very light teeth, 1 dark yellow ones. */
  readonly shade: number
  /** 0 pale coral gums, 1 deep red or pigmented ones. */
  readonly gumDepth: number
  /** Redness of the margin: 0 healthy, 1 inflamed. */
  readonly inflammation: number
  /** Film and stain along the necks, 0-1. */
  readonly plaque: number
  /** Aligners in the mouth: clear plastic over every crown. */
  readonly aligners: boolean
  /** Fillings: FDI numbers with an amalgam in the fissures. */
  readonly fillings: readonly number[]
  /** Moves every texture to another place, so that no two patients share it. */
  readonly textureSeed: number
}

/** What a visible point is made of, filled in by `paint`; one object is used for all pixels. */
export type Paint = {
  r: number
  g: number
  b: number
  /** Strength and narrowness of the highlight. */
  gloss: number
  hardness: number
  /** How uneven the wet surface is; breaks highlights up. */
  bump: number
  /** Light that wanders inside: 0 hard shading, 1 flat. */
  soft: number
}

type Colour = readonly [number, number, number]
/** Screen colour to light. */
const light = (r: number, g: number, b: number): Colour => [(r / 255) ** 2.2, (g / 255) ** 2.2, (b / 255) ** 2.2]

const ENAMEL_LIGHT = light(241, 231, 208)
const ENAMEL_DARK = light(224, 202, 160)
const NECK_LIGHT = light(231, 211, 175)
const NECK_DARK = light(200, 162, 106)
const EDGE = light(206, 210, 208)
const FISSURE = light(112, 76, 42)
const AMALGAM = light(92, 92, 96)
const GUM = light(222, 140, 138)
const GUM_DEEP = light(186, 92, 92)
const GUM_RED = light(200, 66, 70)
const MUCOSA = light(172, 62, 62)
const VESSEL = light(150, 24, 34)
const PALATE = light(214, 138, 126)
const PALATE_BACK = light(206, 112, 96)
const TONGUE = light(206, 112, 112)
const SKIN = light(208, 156, 134)
const LIP = light(196, 112, 106)
const CHEEK = light(184, 74, 72)
const PLASTIC = light(214, 218, 222)
const THROAT = light(70, 14, 14)

function blend(paint: Paint, to: Colour, share: number): void {
  const s = Math.max(0, Math.min(1, share))
  paint.r += (to[0] - paint.r) * s
  paint.g += (to[1] - paint.g) * s
  paint.b += (to[2] - paint.b) * s
}

function set(paint: Paint, colour: Colour, gloss: number, hardness: number, bump: number, soft: number): void {
  ;[paint.r, paint.g, paint.b] = colour
  paint.gloss = gloss
  paint.hardness = hardness
  paint.bump = bump
  paint.soft = soft
}

/** Colour of one point from its material, its two traits and its place in the mesh's own frame (mm). */
export function paintPoint(
  paint: Paint,
  material: Material,
  fdi: number,
  x: number,
  y: number,
  z: number,
  a: number,
  b: number,
  look: Look,
): void {
  const shift = look.textureSeed
  if (material === MATERIAL.tooth) paintTooth(paint, fdi, x + fdi * 13.7 + shift, y, z, a, b, look)
  else if (material === MATERIAL.attachment) {
    set(paint, ENAMEL_LIGHT, 0.5, 60, 0.02, 0.4)
    blend(paint, ENAMEL_DARK, look.shade * 0.85)
  } else if (material === MATERIAL.gum) paintGum(paint, x + shift, y, z, a, b, look)
  else if (material === MATERIAL.palate) paintPalate(paint, x + shift, y, z, look)
  else if (material === MATERIAL.tongue) paintTongue(paint, x + shift, y, z)
  else if (material === MATERIAL.retractor) paintRetractor(paint, x, y, z, a)
  else paintCheek(paint, x + shift, y, z, a, b)
}

function paintTooth(p: Paint, fdi: number, x: number, y: number, z: number, a: number, b: number, look: Look): void {
  set(p, ENAMEL_LIGHT, 0.7, 62, 0.04, 0.34)
  blend(p, ENAMEL_DARK, look.shade + (fdi % 10 === 3 ? 0.25 : 0))
  const neck = Math.max(0, 1 - a / 0.5) ** 1.5
  blend(p, NECK_LIGHT, neck * 0.9)
  blend(p, NECK_DARK, neck * (0.15 + 0.6 * look.shade))
  if (fdi % 10 <= 3) blend(p, EDGE, Math.max(0, (a - 0.8) / 0.2) ** 2 * 0.55)
  const cloud = noise3(x * 0.55, y * 0.55, z * 0.4)
  const lines = noise3(x * 3.1, y * 3.1, z * 0.5)
  const fleck = noise3(x * 1.7, y * 1.7, z * 1.9 + 9)
  const dim = 0.86 + 0.2 * cloud + 0.08 * lines
  p.r *= dim
  p.g *= dim
  p.b *= dim * (0.97 + 0.06 * cloud)
  if (fleck > 0.8) blend(p, ENAMEL_LIGHT, (fleck - 0.8) * 3)
  if (b > 0) blend(p, FISSURE, b * (0.25 + 0.55 * noise3(x * 0.9, y * 0.9, 4)))
  if (look.plaque > 0 && a < 0.4) blend(p, NECK_DARK, look.plaque * (1 - a / 0.4) * noise3(x * 2, y * 2, z * 2) * 1.2)
  if (a >= 1 && look.fillings.includes(fdi) && noise3(x * 0.35, y * 0.35, 7) + b * 0.5 > 0.62) {
    set(p, AMALGAM, 0.5, 30, 0.1, 0.05)
  }
  if (look.aligners) {
    p.gloss = 1.15
    p.hardness = 46
    p.bump = 0.12
    p.r *= 0.95
    p.b *= 1.03
  }
}

function paintGum(p: Paint, x: number, y: number, z: number, a: number, b: number, look: Look): void {
  set(p, GUM, 0.27, 52, 0.17, 0.3)
  const below = Math.abs(a)
  blend(p, GUM_DEEP, look.gumDepth * 0.9)
  const margin = Math.max(0, 1 - below / 1.5)
  blend(p, GUM_RED, margin * (0.15 + 0.5 * look.inflammation) + 0.25 * look.inflammation * b)
  const cloud = noise3(x * 0.35, y * 0.35, z * 0.35)
  // On the tongue side gum goes over into palate or floor without a border.
  if (a < 0) blend(p, PALATE, (below - 1.5 + 2 * (cloud - 0.5)) / 4)
  // The border between attached gum and loose mucosa wanders.
  const loose = a > 0 ? (below + (cloud - 0.5) * 3 - 5.2) / 2.6 : 0
  blend(p, MUCOSA, loose)
  if (loose > 0) {
    p.gloss *= 1 - 0.6 * Math.min(1, loose)
    const thread = Math.abs(noise3(x * 0.5, y * 0.5, z * 0.18 + 5) - 0.5)
    blend(p, VESSEL, Math.min(1, loose) * Math.max(0, 1 - thread * 12) * 0.3)
  }
  const stipple = noise3(x * 3.4, y * 3.4, z * 3.4)
  const dim = 0.84 + 0.2 * cloud + 0.12 * stipple
  p.r *= dim
  p.g *= dim * (0.96 + 0.06 * stipple)
  p.b *= dim
}

function paintPalate(p: Paint, x: number, y: number, z: number, look: Look): void {
  set(p, PALATE, 0.3, 40, 0.3, 0.34)
  blend(p, PALATE_BACK, (y - 24) / 30)
  blend(p, GUM_DEEP, look.gumDepth * 0.6)
  const cloud = noise3(x * 0.25, y * 0.25, z * 0.3)
  const grain = noise3(x * 2.4, y * 2.4, z * 2.4)
  const thread = Math.abs(noise3(x * 0.4, y * 0.22, 3) - 0.5)
  blend(p, VESSEL, Math.max(0, 1 - thread * 16) * 0.18)
  const dim = 0.8 + 0.26 * cloud + 0.1 * grain
  p.r *= dim
  p.g *= dim
  p.b *= dim
}

function paintTongue(p: Paint, x: number, y: number, z: number): void {
  const papillae = noise3(x * 3, y * 3, z * 3)
  const cloud = noise3(x * 0.3, y * 0.3, 2)
  set(p, TONGUE, 0.2, 44, 0.5, 0.3)
  blend(p, PALATE, cloud * 0.7)
  const dim = 0.74 + 0.3 * papillae + 0.14 * cloud
  p.r *= dim
  p.g *= dim
  p.b *= dim
}

/** Milky plastic with the flesh behind it shining through. */
function paintRetractor(p: Paint, x: number, y: number, z: number, a: number): void {
  set(p, PLASTIC, 0.9, 26, 0.03, 0.55)
  blend(p, CHEEK, 0.42 - 0.3 * Math.abs(a - 0.5) + 0.2 * noise3(x * 0.2, y * 0.2, z * 0.2))
}

function paintCheek(p: Paint, x: number, y: number, z: number, a: number, angle: number): void {
  const cloud = noise3(x * 0.16, y * 0.16, z * 0.16)
  const fine = noise3(x * 1.3, y * 1.3, z * 1.3)
  set(p, SKIN, 0.06, 12, 0.2, 0.3)
  blend(p, LIP, (a - 0.11) / 0.08)
  blend(p, CHEEK, (a - 0.26) / 0.1)
  blend(p, THROAT, (a - 0.7) / 0.25)
  const wet = Math.max(0, Math.min(1, (a - 0.22) / 0.1))
  p.gloss = 0.06 + 0.22 * wet
  p.hardness = 10 + 30 * wet
  p.bump = 0.16 + 0.2 * wet
  const thread = Math.abs(noise3(x * 0.3, y * 0.3, z * 0.12 + 8) - 0.5)
  blend(p, VESSEL, wet * Math.max(0, 1 - thread * 20) * 0.25)
  const wrinkle = Math.max(0, 1 - Math.abs(a - 0.22) * 9) * noise3(angle * 26, a * 9, 5)
  const dim = 0.8 + 0.28 * cloud + 0.1 * fine - 0.28 * wrinkle
  p.r *= dim
  p.g *= dim
  p.b *= dim
}
