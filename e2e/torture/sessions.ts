import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

const PATIENTS = 10
const DAYS = ['2026-01-15', '2026-02-15', '2026-03-15'] as const

/** Thirty small sessions for the intake. @returns the manifest's path */
export async function writeManifest(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const rows = await Promise.all(
    Array.from({ length: PATIENTS * DAYS.length }, async (_, index) => {
      const file = `photo-${index}.jpg`
      // Colours far enough apart to stay different photos after compression.
      const background = { r: 60 + (index % 6) * 30, g: 60 + Math.floor(index / 6) * 30, b: 120 }
      await sharp({ create: { width: 640, height: 480, channels: 3, background } })
        .jpeg()
        .toFile(path.join(folder, file))
      return `T-${Math.floor(index / DAYS.length)},${DAYS[index % DAYS.length] ?? ''},frontal,${file},4,in`
    }),
  )
  const manifest = path.join(folder, 'sessions.csv')
  await writeFile(manifest, ['patient,captured_on,view,file,stage,aligners', ...rows, ''].join('\n'))
  return manifest
}
