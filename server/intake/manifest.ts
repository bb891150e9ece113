import { type CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'
import { CalendarDay } from '../contract/domain/time.ts'
import { Aligners, Mirrored, View } from '../contract/domain/views.ts'
import { decodeManifest } from './decode-text.ts'
import type { Problem } from './problem.ts'

export type ManifestRow = {
  readonly row: number
  readonly patient: string
  readonly capturedOn: string
  readonly view: View
  readonly file: string
  readonly stage: number | null
  readonly aligners: Aligners
  readonly mirrored: Mirrored
}
export type Manifest = { readonly rows: ManifestRow[]; readonly problems: Problem[] }

const NEEDED = ['patient', 'captured_on', 'view', 'file'] as const
const OPTIONAL = ['stage', 'aligners', 'mirrored'] as const
const OLDEST_DAY = '1990-01-01'

type Cells = Readonly<Record<string, string>>

/** Rows of a manifest, and everything wrong with it that its text alone can tell. */
export function readManifest(bytes: Uint8Array, today: string): Manifest {
  const decoded = decodeManifest(bytes)
  if ('problems' in decoded) return { rows: [], problems: decoded.problems }
  if (decoded.text.trim() === '') return only(1, 'The manifest is empty.')
  const records = split(decoded.text)
  if ('problem' in records) return { rows: [], problems: [records.problem] }
  const [header, ...body] = records.lines
  const columns = (header?.cells ?? []).map((name) => name.trim().toLowerCase())
  const problems = checkHeader(columns)
  if (problems.length > 0) return { rows: [], problems }
  if (body.length === 0) return only(2, 'The manifest has a header and no rows.')
  const read = body.map(({ row, cells }) => readRow(row, columns, cells, today))
  const rows = read.flatMap(({ value }) => (value === undefined ? [] : [value]))
  return { rows, problems: [...read.flatMap(({ found }) => found), ...clashes(rows)].toSorted(byRow) }
}

export function byRow(a: Problem, b: Problem): number {
  return a.row - b.row
}

function only(row: number, say: string): Manifest {
  return { rows: [], problems: [{ row, say }] }
}

/** Rows of cells with the line on which each starts; the header line says which separator is used. */
function split(text: string): { lines: { row: number; cells: string[] }[] } | { problem: Problem } {
  // Excel's own first line, where it writes one: `sep=;`
  const named = /^sep=([,;\t])\r?\n/i.exec(text)?.[1]
  const headerLine = text.split(/\r?\n/, 1)[0] ?? ''
  const delimiter = named ?? [';', '\t'].find((mark) => headerLine.includes(mark) && !headerLine.includes(',')) ?? ','
  const from_line = named === undefined ? 1 : 2
  try {
    const records = parse(text, { delimiter, info: true, relax_column_count: true, from_line }) as unknown as {
      record: string[]
      info: { lines: number }
    }[]
    const lines = records.map(({ record, info }) => ({ row: startLine(record, info.lines), cells: record }))
    return { lines: lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')) }
  } catch (cause) {
    const row = Number((cause as CsvError & { lines?: unknown }).lines ?? 1)
    return { problem: { row, say: 'This row is not valid CSV, often because of a quotation mark that is not closed.' } }
  }
}

/** csv-parse counts the line on which a record ends. */
function startLine(record: readonly string[], endLine: number): number {
  return endLine - record.reduce((breaks, cell) => breaks + (cell.match(/\n/g)?.length ?? 0), 0)
}

function checkHeader(columns: readonly string[]): Problem[] {
  const problems: Problem[] = []
  for (const name of NEEDED)
    if (!columns.includes(name)) problems.push({ row: 1, say: `The column “${name}” is missing.` })
  const known: readonly string[] = [...NEEDED, ...OPTIONAL]
  for (const [at, name] of columns.entries()) {
    if (!known.includes(name)) problems.push({ row: 1, say: `The column “${name}” is not known. See --help.` })
    else if (columns.indexOf(name) !== at) problems.push({ row: 1, say: `The column “${name}” is there twice.` })
  }
  return problems
}

const OPTIONAL_STAGE = z
  .literal('')
  .transform(() => null)
  .or(
    z
      .stringFormat('stage', /^\d{1,3}$/)
      .transform(Number)
      .pipe(z.int().max(200)),
  )

const FIELDS = {
  // One form of each letter: a Mac and a PC write “ü” differently, and it is the same patient.
  patient: {
    schema: z.string().normalize('NFC').min(1).max(100),
    say: () => 'The patient is missing or longer than 100 letters.',
  },
  captured_on: {
    schema: CalendarDay,
    say: (text: string) => `“${text}” is not a day that exists, written YYYY-MM-DD.`,
  },
  view: {
    schema: z.string().toLowerCase().pipe(View),
    say: (text: string) => `“${text}” is not a view. The views are ${View.options.join(', ')}.`,
  },
  file: { schema: z.string().min(1), say: () => 'The file is missing.' },
  stage: { schema: OPTIONAL_STAGE, say: (text: string) => `“${text}” is not a stage from 0 to 200.` },
  aligners: {
    schema: z
      .literal('')
      .transform(() => 'unknown' as const)
      .or(z.string().toLowerCase().pipe(Aligners)),
    say: (text: string) => `“${text}” is not one of ${Aligners.options.join(', ')}.`,
  },
  mirrored: {
    schema: z
      .literal('')
      .transform(() => 'none' as const)
      .or(z.string().toLowerCase().pipe(Mirrored)),
    say: (text: string) => `“${text}” is not one of ${Mirrored.options.join(', ')}.`,
  },
} as const

function readRow(row: number, columns: readonly string[], cells: readonly string[], today: string) {
  const found: Problem[] = []
  if (cells.length !== columns.length)
    return {
      found: [{ row, say: `This row has ${cells.length} cells where the header has ${columns.length}.` }],
      value: undefined,
    }
  const byName: Cells = Object.fromEntries(columns.map((name, i) => [name, (cells[i] ?? '').trim()]))
  const take = <S extends z.ZodType>(
    name: keyof typeof FIELDS,
    field: { schema: S; say: (text: string) => string },
  ) => {
    const text = byName[name] ?? ''
    const parsed = field.schema.safeParse(text)
    if (!parsed.success) found.push({ row, say: field.say(text) })
    return parsed.data
  }
  const [patient, capturedOn, view, file] = [
    take('patient', FIELDS.patient),
    take('captured_on', FIELDS.captured_on),
    take('view', FIELDS.view),
    take('file', FIELDS.file),
  ]
  const [stage, aligners, mirrored] = [
    take('stage', FIELDS.stage),
    take('aligners', FIELDS.aligners),
    take('mirrored', FIELDS.mirrored),
  ]
  if (capturedOn !== undefined && capturedOn < OLDEST_DAY)
    found.push({ row, say: `${capturedOn} lies before 1990. Check the year.` })
  if (capturedOn !== undefined && capturedOn > today) found.push({ row, say: `${capturedOn} lies in the future.` })
  if (found.length > 0 || patient === undefined || capturedOn === undefined || view === undefined || file === undefined)
    return { found, value: undefined }
  if (stage === undefined || aligners === undefined || mirrored === undefined) return { found, value: undefined }
  const value: ManifestRow = { row, patient, capturedOn, view, file, stage, aligners, mirrored }
  return { found, value }
}

/** Two photos for one place, and sessions that contradict themselves. */
function clashes(rows: readonly ManifestRow[]): Problem[] {
  const problems: Problem[] = []
  const slots = new Map<string, number>()
  const sessions = new Map<string, ManifestRow>()
  for (const row of rows) {
    const session = sessionKey(row)
    const slot = JSON.stringify([session, row.view])
    const taken = slots.get(slot)
    if (taken !== undefined)
      problems.push({ row: row.row, say: `Row ${taken} already gives the ${row.view} view of this patient and day.` })
    else slots.set(slot, row.row)
    const first = sessions.get(session) ?? row
    sessions.set(session, first)
    if (first.stage !== row.stage)
      problems.push({ row: row.row, say: `The stage differs from row ${first.row} of the same patient and day.` })
    if (first.aligners !== row.aligners)
      problems.push({ row: row.row, say: `“aligners” differs from row ${first.row} of the same patient and day.` })
  }
  return problems
}

export function sessionKey(row: Pick<ManifestRow, 'patient' | 'capturedOn'>): string {
  return JSON.stringify([row.patient, row.capturedOn])
}
