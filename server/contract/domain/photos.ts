import { z } from 'zod'
import { PhotoHash } from './ids.ts'

export const MediaType = z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'image/heif', 'image/avif'])
export type MediaType = z.infer<typeof MediaType>

/** A photo larger than this is refused before it is read. */
export const MAX_PHOTO_BYTES = 64 * 1024 * 1024
/** A photo larger than this is sent in parts of this size, the last one shorter; smaller ones in one request. */
export const UPLOAD_PART_BYTES = 8 * 1024 * 1024
export const MAX_UPLOAD_PARTS = MAX_PHOTO_BYTES / UPLOAD_PART_BYTES

export function partCountOf(photoBytes: number): number {
  return Math.ceil(photoBytes / UPLOAD_PART_BYTES)
}

/** @param part from 1 */
export function partBytesOf(photoBytes: number, part: number): number {
  return Math.min(UPLOAD_PART_BYTES, photoBytes - (part - 1) * UPLOAD_PART_BYTES)
}

/** Width x height; bounded before anything is decoded. */
export const MAX_PHOTO_PIXELS = 100_000_000

/** Long edge in pixels of the JPEG renditions made once at intake. */
export const RENDITION_EDGES_PX = [512, 2048] as const
export const RenditionEdgePx = z.union([z.literal(512), z.literal(2048)])
export type RenditionEdgePx = z.infer<typeof RenditionEdgePx>

/** What a workstation may ask for: a rendition, or the original bytes. */
export const PhotoSize = z.enum(['512', '2048', 'original'])
export type PhotoSize = z.infer<typeof PhotoSize>

export const Rendition = z.strictObject({
  /** SHA-256 of the rendition's own JPEG bytes, hex; checked after every download. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.int().positive(),
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
})
export type Rendition = z.infer<typeof Rendition>

/** Why a photo could not be used. Each has a sentence that says what to do (renderer/text, server/intake). */
export const PhotoRefusal = z.enum([
  'empty',
  'too-large',
  'length-differs',
  'hash-differs',
  'not-a-photo',
  'unsupported-format',
  'too-many-pixels',
  'too-small',
  'damaged',
  'truncated',
  'took-too-long',
])
export type PhotoRefusal = z.infer<typeof PhotoRefusal>

export const QualityFlag = z.enum(['soft_focus', 'dark', 'overexposed', 'low_resolution'])
export type QualityFlag = z.infer<typeof QualityFlag>

/** Measured on the 512 px rendition, so that cameras of different resolution compare. */
export const Quality = z.strictObject({
  /** 0-1 from the variance of the Laplacian; higher is sharper. */
  sharpness: z.number().min(0).max(1),
  /** Mean luminance, 0 black to 1 white. */
  exposure: z.number().min(0).max(1),
  /** Share of pixels clipped to white, 0-1. */
  clipped: z.number().min(0).max(1),
  /** 0-1, the smallest of the three judgements (sharpness, exposure, size). */
  score: z.number().min(0).max(1),
  flags: z.array(QualityFlag),
})
export type Quality = z.infer<typeof Quality>

/** Everything known about a photo once it was verified and rendered. */
export const PhotoFacts = z.strictObject({
  hash: PhotoHash,
  mediaType: MediaType,
  bytes: z.int().positive(),
  /** Of the original after its EXIF orientation was applied. */
  widthPx: z.int().positive(),
  heightPx: z.int().positive(),
  renditions: z.strictObject({ '512': Rendition, '2048': Rendition }),
  quality: Quality,
  /** The camera's own local clock without a zone, `YYYY-MM-DDTHH:MM:SS`; null when it did not say. */
  capturedAt: z.iso.datetime({ local: true }).nullable(),
  /** `Make Model` as the camera wrote it, cleaned; null when it did not say. */
  camera: z.string().max(120).nullable(),
  /** True when the original carries a GPS position: it stays in the original and leaves in nothing else. */
  hadPosition: z.boolean(),
})
export type PhotoFacts = z.infer<typeof PhotoFacts>
