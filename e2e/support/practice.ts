import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Program, runProgram } from './process.ts'

export const ROOT = path.resolve(import.meta.dirname, '../..')

/** The companion server of the demonstration, with its own PostgreSQL, on a data folder of its own. */
export type Practice = {
  readonly url: string
  readonly port: number
  readonly caFile: string
  /** A folder for everything of this test; gone after `stop`. */
  readonly folder: string
  /** `npm run intake` of one manifest, for Northside Orthodontics. @returns the exit code */
  intake(manifest: string): Promise<number | null>
  stop(): Promise<void>
}

/**
 * @param patients entered before their photos come, so that screens show names and files can be searched for them
 * @param secondReads percent of first reads that are read once more; chance has no place in a test: none or all
 */
export async function startPractice(patients: readonly object[], secondReads: 0 | 100 = 0): Promise<Practice> {
  const folder = await mkdtemp(path.join(tmpdir(), 'loupe-e2e-'))
  const patientsFile = path.join(folder, 'patients.json')
  await writeFile(patientsFile, JSON.stringify(patients))
  const data = path.join(folder, 'practice')
  const server = runProgram(path.join(ROOT, 'server/main.ts'), ['--data', data, '--port', '0'], {
    LOUPE_DEMO_PATIENTS: patientsFile,
    LOUPE_DEMO_SECOND_READS: String(secondReads),
  })
  const { url, ca } = await server.event<{ url: string; ca: string }>('listening')
  return {
    url,
    port: Number(new URL(url).port),
    caFile: ca,
    folder,
    intake: async (manifest) => {
      const flags = ['--server', url, '--ca', ca, '--data', data, '--practice', 'Northside Orthodontics']
      const run = runProgram(path.join(ROOT, 'server/intake/main.ts'), [...flags, '--manifest', manifest])
      const code = await run.exited
      if (code !== 0) process.stderr.write(run.log().slice(-2000))
      return code
    },
    stop: async () => {
      await stopLoudly(server)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A part that does not stop cleanly is a defect of its own. */
export async function stopLoudly(program: Program): Promise<void> {
  const code = await program.stop()
  if (code !== 0) throw new Error(`a part ended with ${code ?? 'a signal'}:\n${program.log().slice(-2000)}`)
}
