import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore } from '../../electron/store/open.ts'
import type { Random } from '../torture/random.ts'
import { simulateTime } from './seams/timers.ts'
import { type Cluster, startCluster } from './server/cluster.ts'
import { type SimServer, startSimServer } from './server/sim-server.ts'

/** What one process of the simulator sets up once and uses for every run. */
export type Machine = {
  readonly cluster: Cluster
  readonly server: SimServer
  readonly time: ReturnType<typeof simulateTime>
  /** In memory where the system has such a file system: nothing of a run is worth a disk's time. */
  readonly folder: string
  readonly templateStore: string
  readonly key: Buffer
  nextRun(): number
  seedMathRandom(random: Random): void
  stop(): Promise<void>
}

export async function startMachine(): Promise<Machine> {
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'loupe-simulate-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const key = Buffer.alloc(32, 7)
  const templateStore = path.join(folder, 'template.db')
  openStore(templateStore, key).close()
  const cluster = await startCluster()
  const time = simulateTime()
  const server = await startSimServer(cluster, time)
  const state = { runs: 0 }
  return {
    cluster,
    server,
    time,
    folder,
    templateStore,
    key,
    nextRun: () => (state.runs += 1),
    // Back-off asks the language itself for chance.
    seedMathRandom: (random) => void (Math.random = () => random.next()),
    stop: async () => {
      await server.stop()
      await cluster.stop()
    },
  }
}
