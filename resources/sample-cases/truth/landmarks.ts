import { MATERIAL } from '../anatomy/mesh.ts'
import type { Rendered } from '../render/scene.ts'
import { interpolate } from '../render/shade.ts'
import type { Landmark } from './schema.ts'

/** Most that are kept of one tooth in one photo. */
const PER_TOOTH = 24

/** Points of crowns that are truly seen in the picture, spread evenly over it. */
export function visibleLandmarks(rendered: Rendered, everyPx = 22): Landmark[] {
  const { visible, size, camera } = rendered
  const scale = camera.widthPx / size.widthPx
  const byTooth = new Map<number, Landmark[]>()
  const point = new Float64Array(8)
  const step = Math.max(2, Math.round(everyPx / scale))
  for (let y = step >> 1; y < size.heightPx; y += step)
    for (let x = step >> 1; x < size.widthPx; x += step) {
      const index = (visible.triangle[y * size.widthPx + x] ?? 0) - 1
      const mesh = index < 0 ? undefined : visible.geometry.placed[visible.geometry.owner[index] ?? 0]?.mesh
      if (mesh?.material !== MATERIAL.tooth) continue
      interpolate(visible, index, x + 0.5, y + 0.5, point)
      const found = byTooth.get(mesh.fdi) ?? []
      found.push({
        fdi: mesh.fdi,
        pointMm: [round(point[3] ?? 0), round(point[4] ?? 0), round(point[5] ?? 0)],
        xPx: round((x + 0.5) * scale),
        yPx: round((y + 0.5) * scale),
      })
      byTooth.set(mesh.fdi, found)
    }
  return [...byTooth.values()].flatMap((all) => {
    const share = Math.max(1, all.length / PER_TOOTH)
    return Array.from({ length: Math.min(all.length, PER_TOOTH) }, (_, i) => all[Math.floor(i * share)]).filter(
      (one) => one !== undefined,
    )
  })
}

/** A thousandth of a millimetre or pixel is more than anybody measures; it keeps the file small. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000
}
