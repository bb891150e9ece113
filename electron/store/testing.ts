import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 } from 'uuid'
import { Patient } from '../../server/contract/domain/patients.ts'
import { Person } from '../../server/contract/domain/people.ts'
import { STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import { type RecordRead, RecordRead as RecordReadSchema } from '../../server/contract/domain/reads.ts'
import { ScanSession } from '../../server/contract/domain/sessions.ts'
import { VIEWS } from '../../server/contract/domain/views.ts'
import { type EntityName } from '../../server/contract/sync/entities.ts'
import { FeedOp, PullAnswer } from '../../server/contract/sync/wire.ts'
import { openStore } from './open.ts'

/** For tests and benches: made-up rows, and a store in a folder of its own. */
export function openTestStore(key: Buffer = randomBytes(32)) {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-store-'))
  const file = path.join(folder, 'store.db')
  const db = openStore(file, key)
  return {
    db,
    key,
    file,
    folder,
    remove: () => {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** How long what {@link aDecision} decides waits in a practice that never changed its rules. */
export const GRACE_MS = STANDARD_RULES.graceSeconds * 1000

export const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

export function aPerson(displayName = 'Dr Vera Blum', roles: Person['roles'] = ['clinician']): Person {
  return Person.parse({ id: v7(), displayName, roles, active: true })
}

export function aPatient(change: Partial<Record<keyof Patient, unknown>> = {}): Patient {
  return Patient.parse({
    id: v7(),
    reference: `N-${v7().slice(-6)}`,
    givenName: 'Zoë',
    familyName: 'Quillfeather',
    birthDate: null,
    treatmentType: 'aligners',
    alignerBrand: null,
    currentStage: 4,
    totalStages: 20,
    scanFrequencyDays: 14,
    status: 'active',
    doctorId: null,
    revision: 1,
    ...change,
  })
}

export function aSession(patientId: string, change: Partial<Record<keyof ScanSession, unknown>> = {}): ScanSession {
  const id = v7()
  const images = VIEWS.map((view) => {
    const rendition = (size: string) => {
      const bytes = renditionBytes(hashOf(id + view), size)
      return { sha256: hashOf(bytes), bytes: Buffer.byteLength(bytes), widthPx: 512, heightPx: 384 }
    }
    const photo = {
      hash: hashOf(id + view),
      mediaType: 'image/jpeg',
      bytes: 1000,
      widthPx: 4000,
      heightPx: 3000,
      renditions: {
        '512': rendition('512'),
        '2048': rendition('2048'),
      },
      quality: {
        sharpness: 0.9,
        exposure: 0.5,
        clipped: 0,
        score: 0.9,
        flags: [],
      },
      capturedAt: null,
      camera: null,
      hadPosition: false,
    }
    return { view, mirrored: 'none', photo, refusal: null }
  })
  return ScanSession.parse({
    id,
    patientId,
    capturedOn: '2026-05-01',
    submittedAtMs: 17e11,
    stage: 4,
    aligners: 'in',
    images,
    version: 1,
    ...change,
  })
}

/** What the test server answers for a rendition: begins like a JPEG, so that a search for its header finds leaks. */
export function renditionBytes(hash: string, size: string): string {
  return `\u00ff\u00d8\u00ff\u00e0 JFIF ${hash} ${size}`
}

export function aDecision(session: ScanSession, change: Partial<Record<keyof RecordRead, unknown>> = {}): RecordRead {
  return RecordReadSchema.parse({
    readId: v7(),
    actionId: v7(),
    sessionId: session.id,
    sessionVersion: session.version,
    overallTracking: 1,
    alignerFit: 1,
    oralHygiene: 2,
    aligners: 'in',
    detailTags: [],
    action: {
      kind: 'approve_progression',
      toStage: 5,
    },
    notes: '',
    aiSuggested: false,
    aiOverridden: false,
    supersedes: null,
    adjudicates: [],
    readAtMs: 17e11,
    ...change,
  })
}

type Row = { readonly entity: EntityName; readonly id: string; readonly body: unknown; readonly mutationId?: string }

/** A page of the feed that begins at `from`. */
export function aPage(rows: readonly Row[], page: { from?: number; epoch?: number; more?: boolean } = {}): PullAnswer {
  const from = page.from ?? 1
  const ops = rows.map((row, index) =>
    FeedOp.parse({
      seq: from + index,
      entity: row.entity,
      id: row.id,
      op: row.body === null ? 'noop' : 'put',
      body: row.body,
      mutationId: row.mutationId ?? null,
    }),
  )
  return PullAnswer.parse({
    epoch: page.epoch ?? 1,
    from,
    to: from + ops.length - 1,
    ops,
    more: page.more ?? false,
    minSeq: 0,
    protocol: 1,
  })
}
