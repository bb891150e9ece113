import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expectedOf, filesIn } from './realdata.testing.ts'
import { decodingProcessIds, processPhoto, stopDecoding } from './service.ts'

/** Program of a test: processes every file of a folder and prints the peak of resident memory over this process and its decoders. */
const [folder = ''] = process.argv.slice(2)
let peakBytes = 0
const watch = setInterval(() => {
  peakBytes = Math.max(peakBytes, residentBytes())
}, 5)
const answers = await Promise.all(
  filesIn(folder).map(async (name) => {
    const bytes = readFileSync(path.join(folder, name))
    return await processPhoto(bytes, expectedOf(bytes))
  }),
)
clearInterval(watch)
stopDecoding()
process.stdout.write(JSON.stringify({ processed: answers.length, peakBytes }))

function residentBytes(): number {
  return [process.pid, ...decodingProcessIds()].reduce((sum, pid) => sum + residentOf(pid), 0)
}

function residentOf(pid: number): number {
  if (pid === process.pid) return process.memoryUsage.rss()
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0 // it ended between the list and the look
  }
}
