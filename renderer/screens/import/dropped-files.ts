export type DroppedFiles = {
  readonly files: readonly File[]
  /** Names of what the system did not hand out: gone meanwhile, or not allowed to be read. */
  readonly unread: readonly string[]
}

/** Files of a drop, folders opened one level after the other. Order as the system gives it, by name within folders. */
export async function readDropped(data: DataTransfer): Promise<DroppedFiles> {
  // Entries must be taken before the first wait: the list empties when the event is over.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return { files: [...data.files], unread: [] }
  const unread: string[] = []
  const nested = await Promise.all(entries.map((entry) => readEntry(entry, unread)))
  return { files: nested.flat(), unread }
}

/** One that cannot be read keeps none of the others away. */
async function readEntry(entry: FileSystemEntry, unread: string[]): Promise<File[]> {
  try {
    if (isFile(entry)) return [await new Promise<File>((resolve, reject) => entry.file(resolve, reject))]
    if (!isFolder(entry)) return []
    const reader = entry.createReader()
    const children: FileSystemEntry[] = []
    // A reader hands out at most 100 entries at a time, then an empty list.
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      if (some.length === 0) break
      children.push(...some)
    }
    const sorted = children.toSorted((a, b) => a.name.localeCompare(b.name))
    return (await Promise.all(sorted.map((child) => readEntry(child, unread)))).flat()
  } catch {
    unread.push(entry.name)
    return []
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}
function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
