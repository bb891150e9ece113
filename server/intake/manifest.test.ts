import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readManifest } from './manifest.ts'
import { planSessions } from './plan.ts'
import { sessionIdOf } from './session-id.ts'

const TODAY = '2026-08-01'
const HEADER = 'patient,captured_on,view,file'
const GOOD = 'p1,2026-06-01,frontal,a.jpg'
const read = (text: string) => readManifest(Buffer.from(text), TODAY)
const problems = (...rows: string[]) => read([HEADER, ...rows].join('\n')).problems

const row = {
  row: 2,
  patient: 'p1',
  capturedOn: '2026-06-01',
  view: 'frontal',
  file: 'a.jpg',
  stage: null,
  aligners: 'unknown',
  mirrored: 'none',
}

describe('what spreadsheets write', () => {
  const text = `${HEADER}\n${GOOD}\n`
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little-endian', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big-endian', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['Windows line ends', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['semicolons', Buffer.from(text.replaceAll(',', ';'))],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['quoted cells', Buffer.from(`${HEADER}\n"p1","2026-06-01","frontal","a.jpg"\n`)],
    [
      'blank lines, and blanks around cells',
      Buffer.from(`${HEADER}\n\n p1 , 2026-06-01 , Frontal , a.jpg \n,,,\n`.replace('\n\n', '\n')),
    ],
    ['a header in capitals', Buffer.from(text.replace(HEADER, 'Patient,Captured_On,VIEW,File'))],
  ])('%s is read', (_, bytes) => {
    expect(readManifest(bytes, TODAY)).toEqual({ rows: [row], problems: [] })
  })

  test('the row number is the line of the file, also after blank lines and cells with line breaks', () => {
    expect(read(`${HEADER}\n\n"p\n1",2026-06-01,frontal,a.jpg\np2,2026-06-01,nose,b.jpg`).problems).toEqual([
      { row: 5, say: expect.stringContaining('“nose” is not a view') },
    ])
  })

  test('Excel’s own line that names the separator is read, and counts as a row', () => {
    const text = `sep=;\r\n${HEADER}\r\n${GOOD}\r\n`.replaceAll(',', ';')
    expect(read(text)).toEqual({ rows: [{ ...row, row: 3 }], problems: [] })
  })

  test('a patient is the same in both ways of writing an accent', () => {
    const { rows, problems } = read(
      `${HEADER}\nMu\u0308ller,2026-06-01,frontal,a.jpg\nM\u00fcller,2026-06-01,frontal,b.jpg`,
    )
    expect(problems).toEqual([{ row: 3, say: expect.stringContaining('Row 2 already gives') }])
    expect(rows.map(({ patient }) => patient)).toEqual(['M\u00fcller', 'M\u00fcller'])
  })

  test('further columns are read where they are given', () => {
    const { rows } = read(
      `file,view,captured_on,patient,stage,aligners,mirrored\na.jpg,frontal,2026-06-01,p1,12,IN,uncorrected`,
    )
    expect(rows).toEqual([{ ...row, stage: 12, aligners: 'in', mirrored: 'uncorrected' }])
  })
})

describe('what is wrong is told with its row', () => {
  test.each([
    ['an unknown view', 'p1,2026-06-01,left,a.jpg', '“left” is not a view'],
    ['a day that does not exist', 'p1,2026-02-30,frontal,a.jpg', '“2026-02-30” is not a day that exists'],
    ['a day the other way round', 'p1,01/06/2026,frontal,a.jpg', 'YYYY-MM-DD'],
    ['a day of another age', 'p1,0226-06-01,frontal,a.jpg', '0226-06-01 lies before 1990'],
    ['a day in the future', 'p1,2026-08-02,frontal,a.jpg', '2026-08-02 lies in the future'],
    ['no patient', ',2026-06-01,frontal,a.jpg', 'The patient is missing'],
    ['no file', 'p1,2026-06-01,frontal,', 'The file is missing'],
    ['a cell too few', 'p1,2026-06-01,frontal', '3 cells where the header has 4'],
    ['a cell too many', 'p1,2026-06-01,frontal,a.jpg,x', '5 cells where the header has 4'],
    ['an open quotation mark', 'p1,2026-06-01,"frontal,a.jpg', 'quotation mark'],
  ])('%s', (_, line, say) => {
    const found = problems(line)
    expect(found).toEqual([{ row: 2, say: expect.stringContaining(say) }])
  })

  test('everything wrong in a row is told at once', () => {
    expect(problems(',2026-02-30,x,')).toHaveLength(4)
  })

  test('the same place given twice names the row that has it', () => {
    expect(problems(GOOD, GOOD)).toEqual([
      { row: 3, say: expect.stringContaining('Row 2 already gives the frontal view') },
    ])
    expect(problems(GOOD, 'p1,2026-06-01,frontal,b.jpg')).toHaveLength(1)
    expect(problems(GOOD, 'p1,2026-06-02,frontal,b.jpg', 'p2,2026-06-01,frontal,a.jpg')).toEqual([])
  })

  test('one session cannot be at two stages', () => {
    const found = read(`${HEADER},stage\n${GOOD},3\np1,2026-06-01,buccal_left,b.jpg,4`).problems
    expect(found).toEqual([{ row: 3, say: expect.stringContaining('stage differs from row 2') }])
  })

  test.each([
    ['nothing', '', 1, 'empty'],
    ['a byte-order mark alone', '\uFEFF', 1, 'empty'],
    ['a header alone', HEADER, 2, 'no rows'],
    ['a missing column', 'patient,view,file\np1,frontal,a.jpg', 1, '“captured_on” is missing'],
    ['a misspelt column', `${HEADER},stages\n${GOOD},1`, 1, '“stages” is not known'],
    ['a column twice', `${HEADER},file\n${GOOD},b.jpg`, 1, '“file” is there twice'],
  ])('%s', (_, text, at, say) => {
    expect(read(text).problems).toEqual([{ row: at, say: expect.stringContaining(say) }])
  })

  test('Latin-1 is refused with the rows that hold it', () => {
    const bytes = Buffer.from(`${HEADER}\n${GOOD}\nM\xfcller,2026-06-01,frontal,b.jpg\n`, 'latin1')
    expect(readManifest(bytes, TODAY).problems).toEqual([{ row: 3, say: expect.stringContaining('CSV UTF-8') }])
  })
})

test('a photo given as the manifest is one problem, not one for each of its lines', () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 10]), Buffer.alloc(500, '\n\xe9', 'latin1')])
  expect(readManifest(bytes, TODAY).problems).toEqual([{ row: 1, say: expect.stringContaining('not a text file') }])
})

test('the id of a session is the same on every run and machine, and differs in every part', () => {
  // Written down: a changed id would make every re-run of an old manifest create its sessions anew.
  expect(sessionIdOf('Northside', 'p1', '2026-06-01')).toBe('a8d298e0-f6da-5652-b977-c8e31b0f9a87')
  const ids = [
    sessionIdOf('Northside', 'p1', '2026-06-01'),
    sessionIdOf('Southside', 'p1', '2026-06-01'),
    sessionIdOf('Northside', 'p2', '2026-06-01'),
    sessionIdOf('Northside', 'p1', '2026-06-02'),
    sessionIdOf('Northside","p1', '', '2026-06-01'),
  ]
  expect(new Set(ids).size).toBe(ids.length)
  expect(sessionIdOf('N', 'Mu\u0308ller', '2026-06-01')).toBe(sessionIdOf('N', 'M\u00fcller', '2026-06-01'))
})

const real = path.resolve(process.env['LOUPE_REALDATA'] ?? '../shared/realdata', 'photos/sessions.csv')
if (!existsSync(real)) process.stderr.write('skipped: no test data at LOUPE_REALDATA/photos\n')

test.skipIf(!existsSync(real))('the real manifest is planned without a problem', async () => {
  const manifest = readManifest(readFileSync(real), '2027-01-01')
  const plan = await planSessions(manifest.rows, path.dirname(real), 'Northside Orthodontics')
  expect([...manifest.problems, ...plan.problems]).toEqual([])
  expect(plan.sessions.length).toBeGreaterThan(5)
  expect(plan.sessions.every(({ photos }) => photos.length >= 1 && photos.length <= 5)).toBe(true)
  expect(new Set(plan.sessions.map(({ id }) => id)).size).toBe(plan.sessions.length)
})
