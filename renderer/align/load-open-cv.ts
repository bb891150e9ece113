import loaded from '@techstark/opencv-js'
import { type OpenCv, whenReady } from './open-cv.ts'

/** In a file of its own: Vitest awaits what it imports, and this package never settles (see `whenReady`). */
export const openCv = (): Promise<{ readonly cv: OpenCv }> => whenReady(loaded)
