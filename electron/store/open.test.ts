import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSealedFolder } from '../media/sealed-folder.ts'
import { applyPage } from '../sync/apply.ts'
import { decideLocally } from '../sync/decide.ts'
import { write } from './db.ts'
import { MIGRATIONS } from './migrations/registry.ts'
import { openStore } from './open.ts'
import { listAttention } from './outbox/attention.ts'
import { claimBatch } from './outbox/claim.ts'
import { findKnownPhoto } from './photos/known.ts'
import { listQueueRows, refreshQueueOfPatient } from './queue/queue-rows.ts'
import { getReviewCase } from './review/review-case.ts'
import { getPosition } from './sync-state/sync-state.ts'
import { aDecision, aPage, aPatient, aPerson, aSession, openTestStore, renditionBytes } from './testing.ts'

const person = aPerson()
const patient = aPatient()
const session = aSession(patient.id)
let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
  const rows = [
    { entity: 'patient' as const, id: patient.id, body: patient },
    { entity: 'session' as const, id: session.id, body: session },
  ]
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
})
afterEach(() => store.remove())

it('refuses another key and leaves the file as it is', () => {
  store.db.close()
  expect(() => openStore(store.file, randomBytes(32))).toThrow('store.passphrase')
  openStore(store.file, store.key).close()
})

it('registers each migration once, in order, and ran the last one', () => {
  const files = readdirSync(path.join(import.meta.dirname, 'migrations')).filter((name) => /^\d/.test(name))
  const names = MIGRATIONS.map(({ version, name }) => `${String(version).padStart(3, '0')}-${name}.ts`)
  expect(files.toSorted()).toEqual(names)
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, index) => index + 1))
  expect(new Set(MIGRATIONS.map(({ name }) => name)).size).toBe(MIGRATIONS.length)
  expect(store.db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
})

it('brings the store of an earlier version along, with what waits to be sent and what was refused', () => {
  const file = path.join(store.folder, 'older.db')
  const older = new Database(file)
  for (const pragma of [`cipher='sqlcipher'`, 'legacy=4', `key = "x'${store.key.toString('hex')}'"`])
    older.pragma(pragma)
  for (const { up } of MIGRATIONS.slice(0, 4)) older.exec(up)
  older.pragma('user_version = 4')
  older.exec(`INSERT INTO outbox (mutation_id, person_id, name, version, args, state, not_before_ms)
    VALUES ('m', 'p', 'read.record', 1, '{}', 'pending', 0)`)
  older.exec(`INSERT INTO attention (mutation_id, person_id, name, args, status, code, at_ms)
    VALUES ('r', 'p', 'read.record', '{}', 'parked', 'input.invalid', 7)`)
  older.close()
  const db = openStore(file, store.key)
  expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
  expect(write(db, (tx) => claimBatch(tx, 'p', 0))?.rows.map((row) => row.mutationId)).toEqual(['m'])
  expect(listAttention(db, 'p')).toMatchObject([{ mutationId: 'r', code: 'input.invalid', args: '{}', atMs: 7 }])
  db.close()
})

it('brings the rows of an earlier version along: in view with their photos, and copied anew once', () => {
  const file = path.join(store.folder, 'older.db')
  const older = new Database(file)
  for (const pragma of [`cipher='sqlcipher'`, 'legacy=4', `key = "x'${store.key.toString('hex')}'"`])
    older.pragma(pragma)
  for (const { up } of MIGRATIONS.slice(0, 7)) older.exec(up)
  older.pragma('user_version = 7')
  const body = JSON.stringify(session)
  older.prepare(`INSERT INTO patient VALUES (?, NULL, '', ?, 3)`).run(patient.id, JSON.stringify(patient))
  older
    .prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?, 3)')
    .run(session.id, patient.id, session.capturedOn, session.submittedAtMs, body)
  const position = { epoch: 1, seq: 40, generation: 3, bootstrapping: false }
  older.prepare(`INSERT INTO sync_state VALUES ('position', ?)`).run(JSON.stringify(position))
  older.close()
  const db = openStore(file, store.key)
  expect(getPosition(db)).toEqual({ epoch: 0, seq: 0, generation: 4, bootstrapping: true })
  expect(getReviewCase(db, session.id).session).toEqual(session)
  const hash = session.images[0]?.photo?.hash ?? ''
  expect(findKnownPhoto(db, { hash, size: '2048' })?.sha256).toBe(session.images[0]?.photo?.renditions['2048'].sha256)
  write(db, (tx) => refreshQueueOfPatient(tx, patient.id))
  expect(listQueueRows(db, [session.id])[0]).toMatchObject({
    photoCount: 5,
    stage: session.stage,
    capturedOn: session.capturedOn,
  })
  db.close()
})

it('keeps temporary files off the disk and every commit on it', () => {
  expect(store.db.pragma('temp_store', { simple: true })).toBe(2)
  expect(store.db.pragma('synchronous', { simple: true })).toBe(2)
  expect(store.db.pragma('journal_mode', { simple: true })).toBe('wal')
})

it('writes no name, note or photo in plain text to any file', async () => {
  const photo = Buffer.from(renditionBytes('a'.repeat(64), '512'), 'latin1')
  await openSealedFolder(path.join(store.folder, 'photos'), store.key).save(['hash', '512'], photo)
  const args = aDecision(session, { notes: 'a note about Quillfeather' })
  write(store.db, (tx) => decideLocally(tx, args, { person, nowMs: 0 }))
  const files = readdirSync(store.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.length).toBeGreaterThanOrEqual(3) // store, its log, the photo
  for (const file of files) {
    const bytes = readFileSync(path.join(file.parentPath, file.name))
    // Fewer than five bytes would be found by chance in so much cipher text: a JPEG's own mark is looked for in front.
    expect(bytes.subarray(0, 3).toString('latin1'), file.name).not.toBe('\u00ff\u00d8\u00ff')
    for (const plain of [patient.familyName, 'a note about', ' JFIF ', 'SQLite format 3'])
      expect(bytes.includes(Buffer.from(plain, 'latin1')), `${file.name} holds ${plain}`).toBe(false)
  }
})

it('holds every acknowledged decision after the process is killed at any moment', async () => {
  store.db.close()
  for (const killAfter of [1, 7, 40]) {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, 'testing-crash-child.ts')], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(JSON.stringify({ file: store.file, key: store.key.toString('hex'), person, session }))
    let said = ''
    for await (const part of child.stdout.setEncoding('utf8')) {
      said += String(part)
      if (said.split('\n').length > killAfter) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    const acknowledged = said.split('\n').slice(0, -1)
    expect(acknowledged.length).toBeGreaterThanOrEqual(killAfter)
    const db = openStore(store.file, store.key)
    const kept = new Set(db.prepare<[], string>(`SELECT args ->> 'readId' FROM outbox`).pluck().all())
    expect(acknowledged.filter((readId) => !kept.has(readId))).toEqual([])
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  }
})
