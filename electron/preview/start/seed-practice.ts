import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Child } from './child.ts'
import { type Connection, type Parts, startSamples } from './parts.ts'

type Run = (child: Child, onEnd: (code: number | null, sentence: string) => void) => Child

export function isSeeded(dataDir: string): boolean {
  return existsSync(markerOf(dataDir))
}

/**
 * Sends the sample practice. Resolves at its first published session; the rest follows while people look around.
 * Ended early it is not marked as done, and the next start goes on where it stopped.
 */
export async function seedPractice(parts: Parts, dataDir: string, connection: Connection, run: Run): Promise<void> {
  const finished = Promise.withResolvers<void>()
  const child = run(startSamples(parts, dataDir, connection), (code, sentence) => {
    if (code !== 0) return finished.reject(new Error(sentence))
    markSeeded(dataDir)
    finished.resolve()
  })
  const first = child.message('published').then(
    () => undefined,
    () => finished.promise, // it ended without saying so: its exit code decides
  )
  await Promise.race([first, finished.promise])
  finished.promise.catch(() => process.stderr.write('loupe: the sample practice is incomplete; start again to go on\n'))
}

function markSeeded(dataDir: string): void {
  mkdirSync(path.dirname(markerOf(dataDir)), { recursive: true, mode: 0o700 })
  writeFileSync(markerOf(dataDir), `${JSON.stringify({ event: 'seeded' })}\n`)
}

function markerOf(dataDir: string): string {
  return path.join(dataDir, 'samples/seeded.json')
}
