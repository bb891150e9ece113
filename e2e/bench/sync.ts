import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Figure, figureOf } from './figure.ts'
import { APART, CONTESTANTS, type Contestant } from './sync/contestants.ts'
import { insertBare } from './sync/floor.ts'
import { type PeerProcess, startPeerProcess } from './sync/peer-process.ts'
import { installPeers } from './sync/peers-installed.ts'
import { writeRows } from './sync/rows.ts'
import { compareWireFormats } from './sync/wire-formats.ts'

const ROWS = Number(process.env['LOUPE_BENCH_ROWS'] ?? 100_000)
const ROUNDS = 3
const CHANGES = 1000
const LOOKS = 100
/** Between two changes, at least. */
const PAUSE_MS = 200
/** A peer that needs longer than this for its first copy is left out, and said so. */
const PATIENCE_MS = 120_000

type Emit = (figure: Figure) => void
type Place = { readonly folder: string; readonly file: string; readonly ids: readonly string[] }
type Up = { readonly contestant: Contestant; readonly server: PeerProcess; readonly url: string }

/**
 * A first copy, many small changes up, and one change seen elsewhere: Loupe, its peers and the floor in turn, in the
 * same run on the same rows (`LOUPE_BENCH_ROWS`, 100,000 unless given; `LOUPE_BENCH_ONLY=loupe,pouchdb` for some). Loupe
 * copies twice: with its server at work on the same cores, and from pages that it made before.
 */
export async function run(emit: Emit): Promise<void> {
  installPeers()
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-bench-sync-'))
  const servers: PeerProcess[] = []
  try {
    const file = path.join(folder, 'rows.ndjson')
    const { readableIds: ids } = await writeRows(file, ROWS)
    const place = { folder, file, ids }
    await compareWireFormats(emit, file)
    const up: Up[] = []
    for (const contestant of chosen()) {
      say(`${contestant.name}: filling its server (${contestant.differs})`)
      const server = await startPeerProcess(contestant.server)
      servers.push(server)
      const of = up.find(({ contestant: { name } }) => name === 'loupe')?.url
      const { url } = (await server.ask({ do: 'start', rows: file, dir: newFolder(folder), of })) as { url: string }
      const one = { contestant, server, url }
      if (contestant.name === APART) await copyOnce(one, newFolder(folder)) // which leaves the pages with it
      up.push(one)
    }
    const remaining = await benchCopy(emit, place, up)
    for (const one of remaining.filter(({ contestant }) => contestant.name !== APART))
      await benchChanges(emit, place, one)
  } finally {
    for (const server of servers) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function chosen(): readonly Contestant[] {
  const only = process.env['LOUPE_BENCH_ONLY']?.split(',')
  return only === undefined ? CONTESTANTS : CONTESTANTS.filter(({ name }) => only.includes(name))
}

/** @returns those that came to an end in time */
async function benchCopy(emit: Emit, { folder, file }: Place, up: readonly Up[]): Promise<Up[]> {
  const pace = new Map<string, number[]>([['floor', []]])
  const late = new Set<Up>()
  for (let round = 0; round < ROUNDS; round += 1) {
    pace.get('floor')?.push(await insertBare(file, newFolder(folder)))
    for (const one of up.filter((other) => !late.has(other))) {
      const { name } = one.contestant
      const rowsPerS = await copyOnce(one, newFolder(folder)).catch((cause: unknown) => {
        say(`${name}: no first copy within ${PATIENCE_MS / 1000} s (${String(cause).slice(0, 200)})`)
        late.add(one)
      })
      if (rowsPerS !== undefined) pace.set(name, [...(pace.get(name) ?? []), rowsPerS])
      say(`round ${round + 1}, ${name}: ${Math.round(rowsPerS ?? 0)} rows/s`)
    }
  }
  for (const [name, values] of pace) {
    if (values.length > 0)
      emit(figureOf({ bench: 'sync', case: `first copy of ${ROWS} rows`, ...unit(name, 'rows/s') }, values))
  }
  return up.filter((one) => !late.has(one))
}

async function copyOnce({ contestant, url }: Up, dir: string): Promise<number> {
  const client = await startPeerProcess(contestant.client)
  try {
    const startMs = performance.now()
    const { rows } = (await client.ask({ do: 'bootstrap', url, dir }, PATIENCE_MS)) as { rows: number }
    const tookMs = performance.now() - startMs
    if (rows < ROWS) throw new Error(`${contestant.name} has ${rows} rows of ${ROWS}`)
    return (rows / tookMs) * 1000
  } finally {
    await client.stop()
  }
}

async function benchChanges(emit: Emit, { folder, ids }: Place, one: Up): Promise<void> {
  const { contestant, url } = one
  const here = await startPeerProcess(contestant.client)
  const there = await startPeerProcess(contestant.client)
  try {
    for (const client of [here, there]) await client.ask({ do: 'bootstrap', url, dir: newFolder(folder) })
    await here.ask({ do: 'write', ids: ids.slice(0, CHANGES) })
    const startMs = performance.now()
    const answer = (await here.ask({ do: 'push' })) as { unacknowledged?: true } | null
    const took = performance.now() - startMs
    if (answer?.unacknowledged !== true)
      emit(figureOf({ bench: 'sync', case: `${CHANGES} changes up`, ...unit(contestant.name, 'ms') }, [took]))
    for (const client of [here, there]) await client.ask({ do: 'follow' })
    const waits: number[] = []
    for (const [index, row] of ids.slice(CHANGES, CHANGES + LOOKS + 10).entries()) {
      const value = 1000 + index
      // People decide at their own pace: what a server does with changes that follow within milliseconds (Loupe tells
      // of them together) is another question than how soon one is seen.
      await sleep(PAUSE_MS + (index % 10) * 20)
      const seen = there.ask({ do: 'await', row, value }, 30_000)
      const { atMs } = (await here.ask({ do: 'change', row, value })) as { atMs: number }
      const arrived = (await seen) as { atMs: number }
      if (index >= 10) waits.push(arrived.atMs - atMs) // the first ones warm it up
    }
    emit(
      figureOf({ bench: 'sync', case: 'a change seen on another workstation', ...unit(contestant.name, 'ms') }, waits),
    )
  } finally {
    await here.stop()
    await there.stop()
  }
}

function unit(name: string, of: string) {
  const metric = of === 'ms' ? 'time' : 'pace'
  return { metric, unit: of, ...(name === 'loupe' ? {} : { peer: name }) }
}

function newFolder(folder: string): string {
  return mkdtempSync(path.join(folder, 'place-'))
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
