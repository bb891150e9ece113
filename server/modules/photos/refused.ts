import type { PhotoRefusal } from '../../contract/domain/photos.ts'

/** Thrown inside this module while a photo is examined; `processPhoto` turns it into an answer and never lets it out. */
export class PhotoRefused extends Error {
  override readonly name = 'PhotoRefused'
  readonly refusal: PhotoRefusal

  constructor(refusal: PhotoRefusal, options?: ErrorOptions) {
    super(refusal, options)
    this.refusal = refusal
  }
}
