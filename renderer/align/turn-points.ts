import type { Points } from './points.ts'

/** The points of the photo on its head: descriptors are laid along a point's own direction, so only places and directions change. */
export function turnPoints(points: Points, widthPx: number, heightPx: number): Points {
  return {
    ...points,
    x: points.x.map((x) => widthPx - 1 - x),
    y: points.y.map((y) => heightPx - 1 - y),
    angleDeg: points.angleDeg.map((angle) => (angle + 180) % 360),
  }
}
