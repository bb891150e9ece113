import { availableParallelism } from 'node:os'
import { photoFormatOf } from '../../contract/domain/photo-format.ts'
import { type Expected, type Processed, refuseByLength } from './expected.ts'
import { createWorkerPool } from './worker-pool.ts'

export type { Expected, Processed } from './expected.ts'

/** Large JPEG files may be progressive, which keeps all their coefficients in memory. */
const HEAVY_BYTES = 12 * 1024 * 1024
const HEAVY_WEBP_BYTES = 2 * 1024 * 1024

const pool = createWorkerPool({
  workers: Math.min(2, availableParallelism()),
  timeoutMs: 30_000,
  residentLimitBytes: 200 * 1024 * 1024,
  program: new URL('./worker.ts', import.meta.url),
})

/**
 * Verifies a photo against what was announced (length, SHA-256), finds its format by its bytes, bounds its pixels
 * before decoding, and makes the 512 and 2048 px renditions with their facts. Never throws over the bytes it is given:
 * whatever they do ends in a refusal. Called by the job that processes uploads.
 * @throws AppError `server.busy` when `stopDecoding` was called meanwhile: the photo is undecided and the job comes again
 */
export async function processPhoto(bytes: Uint8Array, expected: Expected): Promise<Processed> {
  const refusal = refuseByLength(bytes, expected)
  if (refusal !== undefined) return { ok: false, refusal }
  return await pool.process(bytes, expected, isHeavy(bytes) ? 'heavy' : 'light')
}

/** Ids of the decoding processes, so that memory can be measured over all of them. */
export function decodingProcessIds(): number[] {
  return pool.pids()
}

/** Ends the decoding processes, photos under way undecided. Idle ones never keep the server alive; this is for a prompt stop. */
export function stopDecoding(): void {
  pool.close()
}

/** JPEG and PNG stream by rows; the other formats are held whole, HEIC in WebAssembly memory. */
function isHeavy(bytes: Uint8Array): boolean {
  const { mediaType } = photoFormatOf(bytes)
  if (mediaType === 'image/jpeg' || mediaType === 'image/png') return bytes.length > HEAVY_BYTES
  return mediaType === 'image/webp' ? bytes.length > HEAVY_WEBP_BYTES : mediaType !== null
}
