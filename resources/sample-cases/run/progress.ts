import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

/**
 * Which sessions were published, and the day the plan was made for: a run that is taken up tomorrow must go on with
 * the same dates, or every session would be made twice.
 */
const Progress = z.strictObject({
  formatVersion: z.literal(1),
  today: z.iso.date(),
  published: z.array(z.string()),
})
export type Progress = z.infer<typeof Progress>

export function readProgress(out: string, today: string): Progress {
  try {
    return Progress.parse(JSON.parse(readFileSync(path.join(out, 'progress.json'), 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { formatVersion: 1, today, published: [] }
    throw new Error('progress.json cannot be read: remove the folder to begin again', { cause: error })
  }
}

/** Whole or not at all: a kill in the middle leaves the old file. */
export function writeJson(file: string, value: unknown): void {
  writeFileSync(`${file}.part`, `${JSON.stringify(value)}\n`)
  renameSync(`${file}.part`, file)
}
