const KEPT_MS = 60_000

/**
 * Hands a file to the browser's own download, or to the save dialog of the desktop app (electron/main/permissions.ts
 * lets exactly this through).
 */
export function saveFile(name: string, bytes: Uint8Array): void {
  const url = URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: the download reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS)
}
