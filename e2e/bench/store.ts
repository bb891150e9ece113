import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { v7 } from 'uuid'
import { SessionId } from '../../server/contract/domain/ids.ts'
import { openStore } from '../../electron/store/open.ts'
import { createQueueIndex } from '../../electron/store/queue/queue-index.ts'
import { write } from '../../electron/store/db.ts'
import { savePatient } from '../../electron/store/patients/patients.ts'
import { saveSession } from '../../electron/store/sessions/sessions.ts'
import { listQueueRows, refreshQueueOfPatient } from '../../electron/store/queue/queue-rows.ts'
import { aPatient, aSession } from '../../electron/store/testing.ts'
import { type Figure, figureOf } from './figure.ts'

const PATIENTS = 5000
const SESSIONS_EACH = 20
const NOW_MS = 1_800_000_000_000
const NAMES = ['Okafor', 'Müller', 'Quill', 'Nakamura', 'Fernández', 'Osei', 'Lindqvist', 'Abara', 'Rossi', 'Petrov']

/** Encrypted store against unencrypted SQLite, in turn in the same run; then the queue over 100,000 sessions. */
export async function run(emit: (figure: Figure) => void): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-bench-'))
  try {
    const key = randomBytes(32)
    const sealed = openStore(path.join(folder, 'sealed.db'), key)
    const plain = openPlain(path.join(folder, 'plain.db'))
    emitAll(emit, compare(folder, key, sealed, plain))
    plain.close()
    fill(sealed)
    emitAll(emit, queueFigures(sealed))
    sealed.close()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function openPlain(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -65536')
  return db
}

function compare(folder: string, key: Buffer, sealed: Database.Database, plain: Database.Database): Figure[] {
  const samples = new Map<string, number[]>()
  for (const db of [sealed, plain]) {
    db.exec('CREATE TABLE bench (id INTEGER PRIMARY KEY, body TEXT NOT NULL)')
    const insert = db.prepare('INSERT INTO bench (body) VALUES (?)')
    db.transaction(() => Array.from({ length: 20_000 }, () => insert.run('x'.repeat(400))))()
  }
  const sides = [
    { name: 'encrypted', db: sealed, open: () => openStore(path.join(folder, 'sealed.db'), key).close() },
    { name: 'plain-sqlite', db: plain, open: () => readOnce(openPlain(path.join(folder, 'plain.db'))) },
  ].map((side) => ({
    ...side,
    read: side.db.prepare('SELECT body FROM bench WHERE id = ?'),
    put: side.db.prepare('UPDATE bench SET body = ? WHERE id = ?'),
  }))
  for (let turn = 0; turn < 2000; turn++) {
    const id = 1 + ((turn * 7919) % 20_000)
    for (const side of sides) {
      time(samples, `point-read/us/${side.name}`, 1000, () => side.read.get(id))
      if (turn < 500)
        time(samples, `durable-write/ms/${side.name}`, 1, () =>
          side.db.transaction(() => side.put.run(`${turn}`, id)).immediate(),
        )
      if (turn < 100) time(samples, `open/ms/${side.name}`, 1, side.open)
    }
  }
  return figuresOf('store', samples)
}

function readOnce(db: Database.Database): void {
  db.prepare('SELECT count(*) FROM sqlite_master').get()
  db.close()
}

function fill(db: Database.Database): void {
  const one = aSession(v7())
  const template = { ...one, images: one.images.slice(0, 1) } // what the queue reads does not grow with more photos
  for (let from = 0; from < PATIENTS; from += 100) {
    write(db, (tx) => {
      for (let index = from; index < from + 100; index++) {
        const patient = aPatient({ familyName: `${NAMES[index % 10] ?? ''}${index}`, reference: `N-${index}` })
        savePatient(tx, patient, 1)
        for (let visit = 0; visit < SESSIONS_EACH; visit++) {
          const submittedAtMs = NOW_MS - (index * SESSIONS_EACH + visit) * 60_000
          const id = SessionId.parse(v7())
          saveSession(tx, { ...template, id, patientId: patient.id, submittedAtMs, stage: visit }, 1)
        }
        refreshQueueOfPatient(tx, patient.id)
      }
    })
  }
}

function queueFigures(db: Database.Database): Figure[] {
  const samples = new Map<string, number[]>()
  let queue = createQueueIndex(db)
  for (let turn = 0; turn < 5; turn++) time(samples, 'queue-load/ms/', 1, () => (queue = createQueueIndex(db)))
  const patientIds = db.prepare<[], string>('SELECT DISTINCT patient_id FROM queue_row LIMIT 200').pluck().all()
  const sorts = ['wait', 'submitted', 'patient', 'stage', 'state'] as const
  for (const sort of sorts) queue.list({ lane: 'all', sort, descending: true, search: '' }, NOW_MS)
  patientIds.forEach((patientId, turn) => {
    const sort = sorts[turn % sorts.length] ?? 'wait'
    const page = (lane: 'waiting' | 'overdue', search: string) => () => {
      const ids = queue.list({ lane, sort, descending: true, search }, NOW_MS)
      const at = (turn * 487) % Math.max(1, ids.length - 50)
      return listQueueRows(db, ids.slice(at, at + 50))
    }
    const typed = `${NAMES[turn % 10] ?? ''}${turn}`.slice(0, 1 + (turn % 6))
    time(samples, 'queue-after-change/ms/', 1, () => queue.refresh(db, [patientId]))
    time(samples, 'queue-page/ms/', 1, page('waiting', ''))
    time(samples, 'queue-filter/ms/', 1, page('overdue', ''))
    time(samples, 'queue-search/ms/', 1, page('waiting', typed))
    time(samples, 'queue-counts/ms/', 1, () => queue.counts(typed, NOW_MS))
  })
  return figuresOf('queue', samples)
}

function time(samples: Map<string, number[]>, name: string, scale: number, work: () => unknown): void {
  const start = performance.now()
  work()
  const list = samples.get(name) ?? []
  list.push((performance.now() - start) * scale)
  samples.set(name, list)
}

function figuresOf(bench: string, samples: Map<string, number[]>): Figure[] {
  return [...samples].map(([name, values]) => {
    const [what = '', unit = '', side = ''] = name.split('/')
    const peer = side === 'plain-sqlite' ? { peer: side } : {}
    return figureOf({ bench, case: what, metric: 'duration', unit, ...peer }, values)
  })
}

function emitAll(emit: (figure: Figure) => void, figures: readonly Figure[]): void {
  for (const figure of figures) emit(figure)
}
