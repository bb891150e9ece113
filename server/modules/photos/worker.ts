import sharp from 'sharp'
import { examinePhoto } from './examine.ts'
import type { Expected } from './expected.ts'

/** A decoding process: one photo at a time, killed by its parent when one takes too long, gone when the parent is. */
type Job = { readonly bytes: Uint8Array; readonly expected: Expected }

sharp.cache(false)
sharp.concurrency(1)

process.on('disconnect', () => process.exit(0))
process.on('message', (job: Job) => {
  void examinePhoto(job.bytes, job.expected).then((processed) =>
    process.send?.({ processed, residentBytes: process.memoryUsage.rss() }),
  )
})
