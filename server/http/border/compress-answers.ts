import compress from '@fastify/compress'
import type { App } from '../app.ts'

/** Below this a packet is sent anyway. */
const WORTH_IT_BYTES = 1400

/**
 * Rows repeat their field names: zstd makes a page of the feed about seven times smaller, for less than what parsing it
 * costs (docs/performance.md has the comparison). Answers hold no secret beside text that a stranger may choose, so their length
 * gives nothing away. Photos are left as they are.
 */
export async function compressAnswers(app: App): Promise<void> {
  await app.register(compress, {
    global: true,
    threshold: WORTH_IT_BYTES,
    encodings: ['zstd', 'gzip'],
    customTypes: /^application\/json/,
  })
}
