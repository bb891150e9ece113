import { createRequire } from 'node:module'
import path from 'node:path'
import zlib from 'node:zlib'
import { type Figure, figureOf } from '../figure.ts'
import { inBatches, readRows } from './peers/ask.mjs'
import { PEERS } from './peers-installed.ts'
import type { BenchRow } from './rows.ts'

const PAGES = 20
const ROUNDS = 5
const BR4 = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }

type Format = { readonly pack: (page: unknown) => Buffer; readonly unpack: (bytes: Buffer) => unknown }
type Packr = { pack(value: unknown): Buffer; unpack(bytes: Buffer): unknown }

/** Pages of a thousand rows as each format would send them: size, and the time to write and to read one. */
export async function compareWireFormats(emit: (figure: Figure) => void, file: string): Promise<void> {
  const pages: unknown[] = []
  for await (const rows of inBatches(readRows(file) as AsyncIterable<BenchRow>, 1000)) {
    const page = rows.map(({ id, body }, index) => ({ id, seq: index + 1, body }))
    pages.push({ epoch: 1, seq: 9, rows: page, next: null, totals: null, protocol: 2 })
    if (pages.length === PAGES) break
  }
  const samples = new Map<string, { bytes: number[]; ms: number[] }>()
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, { pack, unpack }] of Object.entries(await formats())) {
      const of = samples.get(name) ?? { bytes: [], ms: [] }
      samples.set(name, of)
      for (const page of pages) {
        const startMs = performance.now()
        const bytes = pack(page)
        unpack(bytes)
        of.ms.push(performance.now() - startMs)
        of.bytes.push(bytes.length)
      }
    }
  }
  for (const [name, { bytes, ms }] of samples) {
    const peer = name === 'json+zstd' ? {} : { peer: name }
    emit(figureOf({ bench: 'sync', case: 'wire format, 1000 rows', metric: 'size', unit: 'bytes', ...peer }, bytes))
    emit(figureOf({ bench: 'sync', case: 'wire format, 1000 rows', metric: 'write+read', unit: 'ms', ...peer }, ms))
  }
}

async function formats(): Promise<Readonly<Record<string, Format>>> {
  const { Packr } = createRequire(path.join(PEERS, 'package.json'))('msgpackr') as {
    Packr: new (options: { useRecords: boolean }) => Packr
  }
  const [plain, records] = [new Packr({ useRecords: false }), new Packr({ useRecords: true })]
  const text = (page: unknown) => Buffer.from(JSON.stringify(page))
  const json = (bytes: Buffer): unknown => JSON.parse(bytes.toString('utf8'))
  return {
    json: { pack: text, unpack: json },
    'json+zstd': { pack: (page) => zlib.zstdCompressSync(text(page)), unpack: (b) => json(zlib.zstdDecompressSync(b)) },
    'json+gzip': { pack: (page) => zlib.gzipSync(text(page)), unpack: (b) => json(zlib.gunzipSync(b)) },
    'json+brotli4': {
      pack: (page) => zlib.brotliCompressSync(text(page), BR4),
      unpack: (b) => json(zlib.brotliDecompressSync(b)),
    },
    msgpack: { pack: (page) => plain.pack(page), unpack: (b) => plain.unpack(b) },
    'msgpack+zstd': {
      pack: (page) => zlib.zstdCompressSync(plain.pack(page)),
      unpack: (b) => plain.unpack(zlib.zstdDecompressSync(b)),
    },
    'msgpack records+zstd': {
      pack: (page) => zlib.zstdCompressSync(records.pack(page)),
      unpack: (b) => records.unpack(zlib.zstdDecompressSync(b)),
    },
  }
}
