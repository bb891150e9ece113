/** Files of a drop, folders opened one level after the other. Order as the system gives it, by name within folders. */
export async function readDropped(data: DataTransfer): Promise<File[]> {
  // Entries must be taken before the first wait: the list empties when the event is over.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return [...data.files]
  const nested = await Promise.all(entries.map(readEntry))
  return nested.flat()
}

async function readEntry(entry: FileSystemEntry): Promise<File[]> {
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
  return (await Promise.all(sorted.map(readEntry))).flat()
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}
function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
