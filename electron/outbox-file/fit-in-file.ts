import { AppError } from '../../server/contract/errors.ts'
import { MAX_OUTBOX_FILE_BYTES } from '../../preload/contract/outbox-file.ts'
import { isReport } from '../store/outbox/outbox.ts'

/** The line in front, the frame around the changes, the tag; and commas between them. */
const FRAME_BYTES = 64 * 1024

/**
 * Which changes the file holds, in their order. What a person decided goes whole or not at all; reports of the program
 * itself (weeks of photos that were on screen) take the room that is left, the oldest first, and wait here otherwise.
 * @throws AppError `input.too-large` when decisions alone do not fit: some hundred thousand of them
 */
export function fitInFile<M extends { readonly name: string }>(
  mutations: readonly M[],
  maxBytes = MAX_OUTBOX_FILE_BYTES,
): M[] {
  const sized = mutations.map((mutation) => ({
    mutation,
    isReport: isReport(mutation.name),
    bytes: Buffer.byteLength(JSON.stringify(mutation)) + 1,
  }))
  const decidedBytes = sized.reduce((sum, one) => (one.isReport ? sum : sum + one.bytes), 0)
  let roomBytes = maxBytes - FRAME_BYTES - decidedBytes
  if (roomBytes < 0) throw new AppError('input.too-large', { bytes: decidedBytes })
  return sized.flatMap(({ mutation, isReport: mayWait, bytes }) => {
    if (!mayWait) return [mutation]
    roomBytes -= bytes
    return roomBytes < 0 ? [] : [mutation]
  })
}
