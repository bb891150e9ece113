import { lightOf, quantile, type SmallPhoto } from './planes.ts'

export type Exposure = {
  /** Middle light of what is most like a tooth, 0 to 255. */
  readonly teethLight: number
  /** Share of it in which no shade is left: red and green at the end of their range. */
  readonly burnt: number
}

const LIKE_TEETH = 0.6
const FULL = 249

export function measureExposure(photo: SmallPhoto, teeth: Float32Array): Exposure {
  const light = lightOf(photo)
  const places = [...teeth.keys()].filter((at) => (teeth[at] ?? 0) > LIKE_TEETH)
  if (places.length === 0) return { teethLight: quantile(light, 0.9), burnt: 0 }
  const burnt = places.filter((at) => (photo.red[at] ?? 0) >= FULL && (photo.green[at] ?? 0) >= FULL)
  return {
    teethLight: quantile(
      places.map((at) => light[at] ?? 0),
      0.5,
    ),
    burnt: burnt.length / places.length,
  }
}
