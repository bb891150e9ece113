import { multiply, transformPoint, type Vec3 } from '../anatomy/matrix.ts'
import { projectPoint } from '../render/camera.ts'
import type { PhotoTruth, SessionTruth } from './schema.ts'

export type PixelPoint = { readonly xPx: number; readonly yPx: number }

/**
 * Where a point of a tooth falls in a photo, in pixels of the upright full-size photo ((0, 0) is the outer corner of the
 * first pixel, its middle is (0.5, 0.5)). It may be hidden or outside: only a landmark is known to be seen.
 * @param pointMm in the crown's own frame
 */
export function projectToothPoint(session: SessionTruth, photo: PhotoTruth, fdi: number, pointMm: Vec3): PixelPoint {
  const tooth = session.teeth.find((one) => one.fdi === fdi)
  if (tooth === undefined) throw new RangeError('The session does not have this tooth')
  const toWorld = fdi >= 30 ? multiply(photo.lowerJaw, tooth.crownToWorld) : tooth.crownToWorld
  const [xPx, yPx] = projectPoint(photo.projection, transformPoint(toWorld, pointMm))
  return { xPx, yPx }
}

export type Correspondence = {
  readonly fdi: number
  readonly still: boolean
  readonly a: PixelPoint
  readonly b: PixelPoint
}

/** For every point seen in photo A: the same point of the same tooth in photo B, for two photos of one patient and view. */
export function correspondences(
  a: { readonly session: SessionTruth; readonly photo: PhotoTruth },
  b: { readonly session: SessionTruth; readonly photo: PhotoTruth },
): readonly Correspondence[] {
  if (a.session.reference !== b.session.reference || a.photo.view !== b.photo.view)
    throw new RangeError('Two photos of one patient and view are needed')
  return a.photo.landmarks.map(({ fdi, pointMm, xPx, yPx }) => ({
    fdi,
    still: a.session.teeth.find((tooth) => tooth.fdi === fdi)?.still ?? false,
    a: { xPx, yPx },
    b: projectToothPoint(b.session, b.photo, fdi, pointMm),
  }))
}
