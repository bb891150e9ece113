import type { SizePx } from '../render/scene.ts'
import type { PhotoTruth } from '../truth/schema.ts'

/** What the main thread and a worker say to each other. A worker makes the whole plan again from the day: it is pure. */
export type WorkerStart = {
  readonly today: string
  readonly out: string
  /** Size that is worked out in 3D before it is enlarged to the photo's size. */
  readonly drawn: SizePx
}
export type PhotoJob = { readonly id: number; readonly session: number; readonly photo: number }
export type PhotoDone =
  | { readonly id: number; readonly truth: PhotoTruth }
  | { readonly id: number; readonly failed: string }
