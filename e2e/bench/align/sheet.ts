import path from 'node:path'
import sharp from 'sharp'
import { type OpenCv, withMats } from '../../../renderer/align/open-cv.ts'
import type { Matrix3 } from '../../../renderer/viewer/pair-link.ts'

export type SheetRow = {
  readonly current: string | Buffer
  readonly prior: string | Buffer
  readonly transform: Matrix3
  readonly title: string
}
type Strip = { readonly input: Buffer; readonly left: number; readonly top: number }

const WIDTH = 560
const ROWS = 6

/** Pictures of rows, for looking at: the current photo, the prior under it, and squares of both in turn. */
export function openSheets(cv: OpenCv, folder: string, name: string) {
  const state = { rows: [] as SheetRow[], written: 0 }
  const write = async () => {
    if (state.rows.length === 0) return
    await writeSheet(cv, state.rows, path.join(folder, `${name}-${state.written}.png`))
    state.written += 1
    state.rows = []
  }
  return {
    async add(row: SheetRow) {
      state.rows.push(row)
      if (state.rows.length === ROWS) await write()
    },
    close: write,
  }
}

/** In the squares a tooth that is cut is misplaced. */
async function writeSheet(cv: OpenCv, rows: readonly SheetRow[], file: string): Promise<void> {
  const strips: Strip[] = []
  let top = 0
  for (const row of rows) {
    const [a, b] = [await read(row.current), await read(row.prior)]
    const under = warpUnder(cv, a, b, row.transform)
    const mixed = mixSquares(a, under)
    for (const [i, data] of [a.data, under, mixed].entries()) {
      strips.push({ input: await png(data, a), left: i * (WIDTH + 4), top: top + 18 })
    }
    const label = `<svg width="1600" height="18"><text x="4" y="14" font-size="13" fill="#fff">${row.title}</text></svg>`
    strips.push({ input: Buffer.from(label), left: 0, top })
    top += a.height + 22
  }
  const sheet = sharp({ create: { width: 3 * (WIDTH + 4), height: Math.max(1, top), channels: 3, background: '#222' } })
  await sheet.composite(strips).png().toFile(file)
}

function mixSquares({ data, width }: Raw, under: Buffer): Buffer {
  const mixed = Buffer.from(data)
  for (let at = 0; at < mixed.length; at += 4) {
    const x = (at / 4) % width
    const y = Math.floor(at / 4 / width)
    if ((Math.floor(x / 40) + Math.floor(y / 40)) % 2 === 1) under.copy(mixed, at, at, at + 4)
  }
  return mixed
}

type Raw = { readonly data: Buffer; readonly width: number; readonly height: number }

async function read(file: string | Buffer): Promise<Raw> {
  const image = sharp(file).rotate().resize({ width: WIDTH }).ensureAlpha()
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

const png = (data: Buffer, { width, height }: Raw) =>
  sharp(data, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer()

function warpUnder(cv: OpenCv, a: Raw, b: Raw, [m0, m1, m2, m3, m4, m5, m6, m7, m8]: Matrix3): Buffer {
  return withMats((keep) => {
    const from = keep(new cv.Mat(b.height, b.width, cv.CV_8UC4))
    from.data.set(b.data)
    const matrix = keep(new cv.Mat(3, 3, cv.CV_64FC1))
    const [x, y] = [b.width, b.height]
    matrix.data64F.set([
      (m0 * x) / a.width,
      (m1 * x) / a.height,
      m2 * x,
      (m3 * y) / a.width,
      (m4 * y) / a.height,
      m5 * y,
      m6 / a.width,
      m7 / a.height,
      m8,
    ])
    const to = keep(new cv.Mat())
    const flags = cv.INTER_LINEAR + cv.WARP_INVERSE_MAP
    cv.warpPerspective(from, to, matrix, new cv.Size(a.width, a.height), flags, cv.BORDER_CONSTANT, new cv.Scalar(0))
    return Buffer.from(to.data)
  })
}
