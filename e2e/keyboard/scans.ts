import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'

const VIEWS = ['occlusal_upper', 'buccal_right', 'frontal', 'buccal_left', 'occlusal_lower'] as const
const FAMILIES = ['Quillfeather', 'Ravenscroft', 'Thistlewood', 'Umberfield', 'Vantongeren', 'Wexcombe'] as const

export const PATIENTS = FAMILIES.map((familyName, index) => ({
  reference: `K-${index}`,
  givenName: 'Zoë',
  familyName,
  birthDate: '1999-01-02',
  status: 'active',
  treatmentType: 'aligners',
  alignerBrand: null,
  currentStage: 4,
  totalStages: 20,
  scanFrequencyDays: 14,
  doctor: 'Dr Alma Reyes',
}))

type Choice = {
  readonly patients?: readonly { readonly reference: string }[]
  /** The reference of whose frontal photo nothing can be seen sharply. */
  readonly blurred?: string
  /** The stage is the first patient's, and each next one is an aligner further. */
  readonly ascending?: boolean
}

/** One drawn scan of each patient on that day. @returns the manifest's path */
export async function writeScans(folder: string, day: string, stage: number, choice: Choice = {}): Promise<string> {
  const { patients = PATIENTS, blurred, ascending = false } = choice
  await mkdir(folder, { recursive: true })
  const rows = patients.flatMap(({ reference }, patient) =>
    VIEWS.map((view, index) => ({
      reference,
      view,
      file: `${reference}-${view}.jpg`,
      hue: patient * 40 + index * 8,
      worn: ascending ? stage + patient : stage,
      blur: reference === blurred && view === 'frontal',
    })),
  )
  await Promise.all(rows.map(({ file, hue, worn, blur }) => drawPhoto(path.join(folder, file), hue, worn, blur)))
  const manifest = path.join(folder, 'sessions.csv')
  const lines = rows.map(({ reference, view, file, worn }) => `${reference},${day},${view},${file},${worn},in`)
  await writeFile(manifest, ['patient,captured_on,view,file,stage,aligners', ...lines, ''].join('\n'))
  return manifest
}

/** Of gums' colour: anything else would be taken for no mouth (`renderer/checks`). */
async function drawPhoto(file: string, hue: number, stage: number, blur: boolean): Promise<void> {
  const teeth = Array.from({ length: 9 }, (_, i) => {
    const height = 200 - Math.abs(i - 4) * 22
    return `<rect x="${60 + i * 120 + stage * 3}" y="300" width="90" height="${height}" rx="30" fill="#efe7d2"/>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="900"><rect width="1200" height="900" fill="hsl(${350 + hue / 20},40%,${40 + (hue % 40) / 4}%)"/>${teeth.join('')}</svg>`
  const drawn = sharp(Buffer.from(svg))
  await (blur ? drawn.blur(16) : drawn).jpeg().toFile(file)
}
