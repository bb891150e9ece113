import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { v7 } from 'uuid'
import type { QueueQuery } from '../../preload/contract/queue.ts'
import { PracticeId, SessionId } from '../../server/contract/domain/ids.ts'
import { type LaneCondition, STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import type { RecordRead } from '../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../server/contract/domain/sessions.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import { newChanges } from '../../electron/store/changes.ts'
import { write } from '../../electron/store/db.ts'
import { openStore } from '../../electron/store/open.ts'
import { savePatient } from '../../electron/store/patients/patients.ts'
import { createQueueIndex } from '../../electron/store/queue/queue-index.ts'
import { listQueueRows, refreshQueueOfPatient } from '../../electron/store/queue/queue-rows.ts'
import { type ReadyRow, readyRow } from '../../electron/store/rows/ready-row.ts'
import { saveSession } from '../../electron/store/sessions/sessions.ts'
import { aDecision, aPatient, aPerson, aSession } from '../../electron/store/testing.ts'
import { applyRow } from '../../electron/sync/apply-row.ts'
import { decideLocally } from '../../electron/sync/decide.ts'
import { type Figure, figureOf } from './figure.ts'

const PATIENTS = 5000
const SESSIONS_EACH = 20
const TURNS = 300
/** The bare queries take a hundred times as long: fewer of them, spread over the same run. */
const PEER_EVERY = 15
const NOW_MS = 1_800_000_000_000
const NAMES = ['Okafor', 'Müller', 'Quill', 'Nakamura', 'Fernández', 'Osei', 'Lindqvist', 'Abara', 'Rossi', 'Petrov']
const SORTS = ['wait', 'submitted', 'patient', 'stage', 'state'] as const

type Emit = (figure: Figure) => void
type Time = <T>(name: string, work: () => T, peer?: string) => T

/**
 * The encrypted store with 100,000 sessions. Each figure stands beside its floor, taken in turn in the same run: plain
 * SQLite for what encryption costs, bare statements on SQLCipher for what our own code costs.
 */
export async function run(emit: Emit): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-bench-'))
  const key = randomBytes(32)
  let sealed = openStore(path.join(folder, 'sealed.db'), key)
  const plain = openPlain(path.join(folder, 'plain.db'))
  try {
    const sessions = fill(sealed)
    addPractice(sealed, sessions)
    copyQueue(sealed, plain)
    measure(emit, 'store', (time) => {
      sealed.close() // a store has one user
      benchOpen(time, folder, key)
      sealed = openStore(path.join(folder, 'sealed.db'), key)
      benchReads(time, sealed, plain)
      benchDecisions(time, sealed, sessions)
    })
    measure(emit, 'queue', (time) => benchQueue(time, sealed))
  } finally {
    sealed.close()
    plain.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Samples by case and peer; one figure for each at the end. */
function measure(emit: Emit, bench: string, work: (time: Time) => void): void {
  const samples = new Map<string, { name: string; peer: string | undefined; values: number[] }>()
  work((name, timed, peer) => {
    const startMs = performance.now()
    const result = timed()
    const tookMs = performance.now() - startMs
    const entry = samples.get(`${name} ${peer}`) ?? { name, peer, values: [] }
    samples.set(`${name} ${peer}`, entry)
    entry.values.push(tookMs)
    return result
  })
  for (const { name, peer, values } of samples.values()) {
    const about = { bench, case: name, metric: 'duration', unit: 'ms', ...(peer === undefined ? {} : { peer }) }
    emit(figureOf(about, values))
  }
}

function openPlain(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('cache_size = -65536')
  return db
}

function fill(db: Database.Database): ScanSession[] {
  const one = aSession(v7())
  const template = { ...one, images: one.images.slice(0, 1) } // what the queue reads does not grow with more photos
  const kept: ScanSession[] = []
  for (let from = 0; from < PATIENTS; from += 100) {
    write(db, (tx) => {
      for (let index = from; index < from + 100; index++) {
        const patient = aPatient({ familyName: `${NAMES[index % 10] ?? ''}${index}`, reference: `N-${index}` })
        savePatient(tx, ready('patient', patient) as ReadyRow<'patient'>, 1)
        for (let visit = 0; visit < SESSIONS_EACH; visit++) {
          const submittedAtMs = NOW_MS - (index * SESSIONS_EACH + visit) * 60_000
          const session = { ...template, id: SessionId.parse(v7()), patientId: patient.id, submittedAtMs, stage: visit }
          saveSession(tx, ready('session', session) as ReadyRow<'session'>, 1)
          if (visit === 0) kept.push(session)
        }
        refreshQueueOfPatient(tx, patient.id)
      }
    })
  }
  return kept
}

/** Lanes of the practice's own, a goal for every tenth patient, a question and a draw for every fiftieth. */
function addPractice(db: Database.Database, sessions: readonly ScanSession[]): void {
  const lanes = LANES.map((conditions, index) => ({ id: `l${index}`, name: `Lane ${index}`, conditions }))
  const rules = { ...STANDARD_RULES, id: PracticeId.parse(v7()), lanes }
  const readers = [ME.personId, aPerson().id] as const
  write(db, (tx) => {
    const changes = newChanges()
    const into = { generation: 1, changes, notesPhotos: false }
    const put = (entity: EntityName, body: { readonly id: string }) =>
      applyRow(tx, readyRow({ entity, id: body.id, seq: 1, body }), into)
    put('practice_rules', rules)
    sessions.forEach(({ id: sessionId, patientId }, index) => {
      if (index % 10 === 0) put('goal', aGoal(patientId))
      if (index % 50 > 0) return
      put('question', aQuestion(sessionId, patientId, readers))
      const read = {
        ...readOf(aDecision(sessions[index] ?? aSession(patientId))),
        readerId: readers[1],
        recordedAtMs: 1,
      }
      applyRow(tx, readyRow({ entity: 'read', id: read.readId, seq: 1, body: read }), into)
      put('second_read', aSecondRead(sessionId, read))
    })
    for (const patientId of changes.patientIds) refreshQueueOfPatient(tx, patientId)
  })
}

const LANES: readonly LaneCondition[][] = [
  [{ is: 'missing_photos' }],
  [{ is: 'flagged' }, { is: 'waiting_longer', hours: 24 }],
  [{ is: 'first_scan' }],
  [{ is: 'waiting_longer', hours: 100 }],
  [{ is: 'patient_status', status: 'active' }],
  [{ is: 'treatment', treatment: 'aligners' }, { is: 'first_scan' }],
  [
    { is: 'doctor', personId: null },
    { is: 'waiting_longer', hours: 500 },
  ],
  [{ is: 'goal_due', withinDays: 30 }],
]
const ME = { personId: aPerson().id, mayDecide: true }

function readOf({ actionId: _actionId, ...read }: RecordRead): Omit<RecordRead, 'actionId'> {
  return read
}

function aGoal(patientId: string) {
  const day = new Date(NOW_MS).toISOString().slice(0, 10)
  const made = { setBy: ME.personId, changedAtMs: 1 }
  return { id: v7(), patientId, text: 'Class I canines', dueOn: day, quietUntil: null, state: 'open', ...made }
}

function aQuestion(sessionId: string, patientId: string, [me, colleague]: readonly [string, string]) {
  const look = { view: 'frontal', layout: 'montage', zoom: 1, x: 0.5, y: 0.5, priorSessionId: null }
  const asked = { askedBy: colleague, askedOf: me, askedAtMs: 1, answer: null }
  return { id: v7(), sessionId, patientId, text: 'Would you go on like this?', look, ...asked }
}

function aSecondRead(sessionId: string, first: { readonly readId: string; readonly readerId: string }) {
  const drawn = { by: 'other', notBeforeMs: NOW_MS, doneReadId: null }
  return { id: v7(), sessionId, firstReadId: first.readId, firstReaderId: first.readerId, ...drawn }
}

const ready = (entity: 'patient' | 'session', body: { readonly id: string }) =>
  readyRow({ entity, id: body.id, seq: 1, body })

/** The same rows on both sides. */
function copyQueue(from: Database.Database, to: Database.Database): void {
  to.exec('CREATE TABLE queue_row (session_id TEXT PRIMARY KEY, body TEXT NOT NULL)')
  const insert = to.prepare('INSERT INTO queue_row VALUES (?, ?)')
  const rows = from.prepare<[], { session_id: string; body: string }>('SELECT session_id, body FROM queue_row').all()
  to.transaction(() => rows.forEach((row) => insert.run(row.session_id, row.body)))()
}

function benchOpen(time: Time, folder: string, key: Buffer): void {
  for (let turn = 0; turn < 100; turn++) {
    time('open', () => openStore(path.join(folder, 'sealed.db'), key)).close()
    const plain = time('open', () => readOnce(openPlain(path.join(folder, 'plain.db'))), 'plain-sqlite')
    plain.close()
  }
}

function readOnce(db: Database.Database): Database.Database {
  db.prepare('SELECT count(*) FROM sqlite_master').get()
  return db
}

function benchReads(time: Time, sealed: Database.Database, plain: Database.Database): void {
  const ids = sealed.prepare<[], string>('SELECT session_id FROM queue_row').pluck().all()
  const [ours, peer] = [sealed, plain].map((db) => db.prepare('SELECT body FROM queue_row WHERE session_id = ?'))
  for (let turn = 0; turn < 5000; turn++) {
    const id = ids[(turn * 7919) % ids.length]
    time('point-read', () => ours?.get(id))
    time('point-read', () => peer?.get(id), 'plain-sqlite')
  }
}

/** A decision through rule, overlay, outbox and queue rows, against bare inserts of as many bytes in one transaction. */
function benchDecisions(time: Time, db: Database.Database, sessions: readonly ScanSession[]): void {
  const person = aPerson()
  db.exec('CREATE TABLE bench_floor (id INTEGER PRIMARY KEY, args TEXT NOT NULL, copy TEXT NOT NULL)')
  const insert = db.prepare('INSERT INTO bench_floor (args, copy) VALUES (?, ?)')
  const floor = db.transaction((text: string) => insert.run(text, text))
  const oneRow = db.transaction((text: string) => insert.run(text, ''))
  sessions.slice(0, TURNS).forEach((session) => {
    const args = aDecision(session, { notes: 'Attachment on 23 lost, seated otherwise.' })
    time('decision', () => write(db, (tx) => decideLocally(tx, args, { person, nowMs: NOW_MS })))
    const text = JSON.stringify(args)
    time('decision', () => floor.immediate(text), 'bare-sqlcipher')
    time('one-row', () => oneRow.immediate(text))
  })
  db.exec('DROP TABLE bench_floor')
}

function benchQueue(time: Time, db: Database.Database): void {
  let queue = createQueueIndex(db)
  for (let turn = 0; turn < 5; turn++) {
    queue = time('load', () => createQueueIndex(db))
    time('load', () => db.prepare('SELECT * FROM queue_row').all(), 'bare-sqlcipher')
    for (const sort of SORTS) time('first-sort', () => queue.view(asked('all', sort, ''), NOW_MS, ME))
    time('first-counts', () => queue.counts('', NOW_MS, ME))
  }
  const changed = db.prepare<[], string>('SELECT DISTINCT patient_id FROM queue_row').pluck().all()
  const bare = bareQueries(db)
  for (let turn = 0; turn < TURNS; turn++) {
    const sort = SORTS[turn % SORTS.length] ?? 'wait'
    const page = (query: QueueQuery) => {
      const view = queue.view(query, NOW_MS, ME)
      return listQueueRows(db, view.ids((turn * 487) % Math.max(1, view.total - 50), 50), view)
    }
    const typed = `${NAMES[turn % 10] ?? ''}${turn}`.slice(0, 1 + (turn % 6)).toLowerCase()
    time('change', () => queue.refresh(db, changed.slice(turn * 3, turn * 3 + 1)))
    time('page-after-change', () => page(asked('waiting', sort, '')))
    time('page', () => page(asked('waiting', sort, '')))
    time('filter', () => page(asked('overdue', sort, '')))
    time('search', () => page(asked('waiting', sort, typed)))
    time('own-lane', () => page(asked(`lane:l${turn % LANES.length}`, sort, '')))
    time('counts-after-change', () => queue.counts('', NOW_MS, ME))
    time('counts', () => queue.counts(typed, NOW_MS, ME))
    if (turn % PEER_EVERY !== 0) continue
    time('page', () => bare.page.all((turn * 487) % 50_000), 'bare-sqlcipher')
    time('search', () => bare.search.all(typed), 'bare-sqlcipher')
    time('counts', () => bare.counts.all(typed), 'bare-sqlcipher')
  }
}

function asked(lane: QueueQuery['lane'], sort: QueueQuery['sort'], search: string): QueueQuery {
  return { lane, sort, descending: true, search }
}

/** What the queue would ask without the index in memory. */
function bareQueries(db: Database.Database) {
  const waiting = `FROM queue_row WHERE state = 'waiting'`
  return {
    page: db.prepare(`SELECT body ${waiting} ORDER BY submitted_at_ms DESC LIMIT 50 OFFSET ?`),
    search: db.prepare(`SELECT body ${waiting} AND instr(search, ?) > 0 ORDER BY submitted_at_ms DESC LIMIT 50`),
    counts: db.prepare('SELECT state, count(*), sum(flagged) FROM queue_row WHERE instr(search, ?) > 0 GROUP BY state'),
  }
}
