import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

const JPEG_START = Uint8Array.of(0xff, 0xd8, 0xff)

/** Files under `folder` that hold one of these bytes in plain or are a JPEG, each as `file: what`; and how many were read. */
export async function findPlainText(
  folder: string,
  secrets: Readonly<Record<string, string>>,
): Promise<{ files: number; found: string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const found: string[] = []
  for (const file of files) {
    const bytes = await readFile(file)
    // At the start only: three bytes occur anywhere in megabytes of cipher text by chance.
    if (bytes.subarray(0, JPEG_START.length).equals(JPEG_START)) found.push(`${path.relative(folder, file)}: a JPEG`)
    for (const [name, secret] of Object.entries(secrets)) {
      if (bytes.includes(secret)) found.push(`${path.relative(folder, file)}: ${name}`)
    }
  }
  return { files: files.length, found }
}
