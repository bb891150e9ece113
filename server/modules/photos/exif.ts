import exifReader from 'exifreader'

// A CommonJS module whose names Node cannot see: they come with the default export only.
// oxlint-disable-next-line import/no-named-as-default-member
const { load } = exifReader

/** What the camera says about a photo. Everything in it is untrusted and optional. */
export type CameraFacts = {
  /** 1-8 as in EXIF; 1 when absent or nonsense. */
  readonly orientation: number
  readonly capturedAt: string | null
  readonly camera: string | null
  readonly hadPosition: boolean
}

const NOTHING: CameraFacts = { orientation: 1, capturedAt: null, camera: null, hadPosition: false }
/** JPEG allows 64 KiB; other containers set no bound, so this does. */
const MAX_EXIF_BYTES = 1024 * 1024

/** Reads a TIFF block. Never throws: bad metadata is no reason to refuse a photo. */
export function readExif(block: Uint8Array | undefined): CameraFacts {
  if (block === undefined || block.length < 8 || block.length > MAX_EXIF_BYTES) return NOTHING
  try {
    const tags = load(Uint8Array.from(block).buffer, { expanded: true })
    return {
      orientation: orientationOf(tags.exif?.Orientation?.value),
      capturedAt: capturedAtOf(
        textOf(tags.exif?.DateTimeOriginal?.value) ?? textOf(tags.exif?.DateTimeDigitized?.value),
      ),
      camera: cameraOf(textOf(tags.exif?.Make?.value), textOf(tags.exif?.Model?.value)),
      hadPosition: tags.exif?.GPSLatitude !== undefined || tags.exif?.GPSLongitude !== undefined,
    }
  } catch {
    return NOTHING // cut off or forged: the photo itself may still be good
  }
}

function orientationOf(value: unknown): number {
  const number: unknown = Array.isArray(value) ? value[0] : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= 8 ? number : 1
}

function textOf(value: unknown): string | undefined {
  const text: unknown = Array.isArray(value) ? value[0] : value
  return typeof text === 'string' ? text : undefined
}

/** `2026:06:01 10:20:30`, or the same with dashes and a T as some programs write it; null for a date that does not exist. */
function capturedAtOf(text: string | undefined): string | null {
  const parts = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text ?? '')
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  const stamp = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const parsed = new Date(`${stamp}Z`)
  if (Number.isNaN(parsed.getTime()) || Number(year) < 1970) return null
  return parsed.toISOString().startsWith(stamp) ? stamp : null
}

function cameraOf(make: string | undefined, model: string | undefined): string | null {
  const clean = (text: string | undefined) =>
    (text ?? '')
      .replace(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  const [maker, name] = [clean(make), clean(model)]
  const both = name.toLowerCase().startsWith(maker.toLowerCase()) ? name : `${maker} ${name}`.trim()
  const kept = both.slice(0, 120).replace(/\p{Cs}$/u, '') // not half a pair
  return both === '' ? null : kept.trim()
}
