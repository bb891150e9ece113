import type { ScanSession } from '../../../server/contract/domain/sessions.ts'

/** Enough of a hash that two photos hardly ever share it; the whole of it is compared where it matters. */
const SHORT_LENGTH = 16

export function shortOf(hash: string): string {
  return hash.slice(0, SHORT_LENGTH)
}

/** Of a scan's usable photos. */
export function hashesOf({ images }: ScanSession): string[] {
  return images.flatMap(({ photo }) => (photo === null ? [] : [photo.hash]))
}

export function shortHashesOf(session: ScanSession): string[] {
  return hashesOf(session).map(shortOf)
}
