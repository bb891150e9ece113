import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

export type Destination = { readonly server: string; readonly ca: string; readonly keys: string }
export const PRACTICE = 'Northside Orthodontics'

/** What `--json` of the intake says. Refused photos are meant to be refused: one file is truncated on purpose. */
const Outcome = z.object({ failed: z.array(z.object({ code: z.string() })) })

/**
 * Decides from the intake's exit code and last line whether its sessions are on the server. A session that was there
 * before counts: the run was ended between publishing it and writing that down.
 */
export function mayCountAsPublished(exitCode: number | null, output: string): boolean {
  if (exitCode === 0) return true
  if (exitCode !== 1) return false
  const line = output.trim().split('\n').at(-1) ?? ''
  try {
    return Outcome.parse(JSON.parse(line)).failed.every(({ code }) => code === 'conflict.exists')
  } catch {
    // No readable outcome is no proof of success; the caller stops, and the next run sends the batch again.
    return false
  }
}

/** Sends one manifest through the practice's own intake, as a child process; its progress goes to our error stream. */
export async function sendManifest(manifest: string, to: Destination): Promise<void> {
  const intake = fileURLToPath(new URL('../../../server/intake/main.ts', import.meta.url))
  const args = [intake, '--server', to.server, '--practice', PRACTICE, '--manifest', manifest, '--json']
  const child = spawn(process.execPath, [...args, '--ca', to.ca, '--key-file', to.keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = () => child.kill('SIGTERM')
  process.once('exit', stop)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  try {
    const [output, exitCode] = await Promise.all([text(child.stdout), ended])
    if (!mayCountAsPublished(exitCode, output)) throw new Error(`The intake ended with ${exitCode ?? 'a signal'}`)
  } finally {
    process.off('exit', stop)
  }
}
