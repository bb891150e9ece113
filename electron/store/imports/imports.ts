import type { ImportProgress, StartImport } from '../../../preload/contract/import.ts'
import { bodyOf, type ReadDb, type WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

export type ImportJob = {
  readonly personId: string
  readonly request: StartImport
  readonly progress: ImportProgress
}
export type StagedFile = { readonly hash: string; readonly mediaType: string; readonly bytes: number }

export function saveStaged(tx: WriteTx, file: StagedFile, nowMs: number): void {
  sql(
    tx,
    `INSERT INTO staged_photo (hash, media_type, bytes, staged_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (hash) DO UPDATE SET staged_at_ms = excluded.staged_at_ms`,
  ).run(file.hash, file.mediaType, file.bytes, nowMs)
}

export function findStaged(db: ReadDb, hash: string): StagedFile | undefined {
  return sql<StagedFile>(db, 'SELECT hash, media_type AS mediaType, bytes FROM staged_photo WHERE hash = ?').get(hash)
}

export function listStagedBefore(db: ReadDb, beforeMs: number): string[] {
  return sql<{ hash: string }>(db, 'SELECT hash FROM staged_photo WHERE staged_at_ms < ?')
    .all(beforeMs)
    .map((row) => row.hash)
}

export function dropStaged(tx: WriteTx, hash: string): void {
  sql(tx, 'DELETE FROM staged_photo WHERE hash = ?').run(hash)
}

export function saveImportJob(tx: WriteTx, job: ImportJob, nowMs: number): void {
  const { state } = job.progress
  sql(
    tx,
    `INSERT INTO import_job (session_id, person_id, request, progress, open, started_at_ms) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (session_id) DO UPDATE SET progress = excluded.progress, open = excluded.open`,
  ).run(
    job.request.sessionId,
    job.personId,
    JSON.stringify(job.request),
    JSON.stringify(job.progress),
    state === 'published' || state === 'failed' ? 0 : 1,
    nowMs,
  )
}

export function findImportJob(db: ReadDb, sessionId: string): ImportJob | undefined {
  const row = sql<Row>(db, `SELECT ${COLUMNS} FROM import_job WHERE session_id = ?`).get(sessionId)
  return row === undefined ? undefined : jobOf(row)
}

/** Unfinished ones of this person, oldest first. */
export function listOpenImportJobs(db: ReadDb, personId: string): ImportJob[] {
  return sql<Row>(db, `SELECT ${COLUMNS} FROM import_job WHERE open = 1 AND person_id = ? ORDER BY started_at_ms`)
    .all(personId)
    .map(jobOf)
}

/** Photos that some unfinished import still has to send, whoever started it. */
export function listOpenImportHashes(db: ReadDb): Set<string> {
  const rows = sql<{ request: string }>(db, 'SELECT request FROM import_job WHERE open = 1').all()
  return new Set(rows.flatMap((row) => bodyOf<StartImport>(row.request).images.map((image) => image.hash)))
}

export function listImports(db: ReadDb): ImportProgress[] {
  return sql<Row>(db, `SELECT ${COLUMNS} FROM import_job ORDER BY started_at_ms DESC LIMIT 200`)
    .all()
    .map((row) => jobOf(row).progress)
}

type Row = { readonly personId: string; readonly request: string; readonly progress: string }
const COLUMNS = 'person_id AS personId, request, progress'

function jobOf(row: Row): ImportJob {
  return {
    personId: row.personId,
    request: bodyOf<StartImport>(row.request),
    progress: bodyOf<ImportProgress>(row.progress),
  }
}
