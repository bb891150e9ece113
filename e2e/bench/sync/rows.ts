import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { recordRead } from '../../../server/contract/domain/reads.ts'
import type { EntityName } from '../../../server/contract/sync/entities.ts'
import { aDecision, aPatient, aPerson, aSession } from '../../../electron/store/testing.ts'

export type BenchRow = {
  readonly entity: EntityName
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * A practice of made-up rows: of ten, one patient, three scans of theirs, and a read with its action on each. Bodies
 * are what the feed carries (about 1 KiB on average).
 */
export async function writeRows(file: string, count: number): Promise<{ readonly readableIds: readonly string[] }> {
  const out = createWriteStream(file)
  const clinician = aPerson()
  const readableIds: string[] = []
  for (const row of rowsOf(count, clinician)) {
    if (row.entity === 'session') readableIds.push(row.id)
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  return { readableIds }
}

function* rowsOf(count: number, clinician: ReturnType<typeof aPerson>): Generator<BenchRow> {
  yield { entity: 'person', id: clinician.id, body: clinician }
  for (let made = 1; made < count; ) {
    const patient = aPatient()
    const rows: BenchRow[] = [{ entity: 'patient', id: patient.id, body: patient }]
    for (let visit = 0; visit < 3; visit += 1) {
      const session = aSession(patient.id, { submittedAtMs: 17e11 + made * 1000 + visit })
      const by = { personId: clinician.id, nowMs: 17e11 + made }
      const { read, action } = recordRead(aDecision(session), { session, reads: [], winner: undefined }, by)
      rows.push({ entity: 'session', id: session.id, body: session })
      rows.push({ entity: 'read', id: read.readId, body: read }, { entity: 'action', id: action.id, body: action })
    }
    for (const row of rows.slice(0, count - made)) yield row
    made += rows.length
  }
}
