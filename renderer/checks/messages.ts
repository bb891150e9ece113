import type { PhotoCheck } from '../../preload/contract/photo-check.ts'
import type { PhotoHash } from '../../server/contract/domain/ids.ts'
import type { View } from '../../server/contract/domain/views.ts'

/** A photo in the slot that it is filed in. */
export type FiledPhoto = { readonly hash: PhotoHash; readonly view: View }

/** What the window asks its checking worker; `url`: of the 512 px rendition, which is upright. */
export type CheckQuestion = { readonly id: number; readonly photo: FiledPhoto; readonly url: string }

/** `absent`: the photo is not on this computer yet. `broken`: its bytes are no photo; the cell says so already. */
export type CheckAnswer = { readonly id: number; readonly check: PhotoCheck | 'absent' | 'broken' }
