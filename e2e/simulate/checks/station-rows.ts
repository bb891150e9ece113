import { isDeepStrictEqual } from 'node:util'
import { viewSession } from '../../../electron/store/review/session-view.ts'
import { type ScanColumns, textOfScan } from '../../../electron/store/sessions/packed-scan.ts'
import { findSession } from '../../../electron/store/sessions/sessions.ts'
import { BOOTSTRAP_ORDER } from '../../../server/contract/sync/wire.ts'
import type { Station } from '../workstation/station.ts'
import { listShown } from './each-step.ts'
import type { Head } from './feed.ts'
import { Violation } from './ledger.ts'

/** A workstation has the server's rows and no others, and shows what it has. */
export function checkStation(station: Station, heads: readonly Head[]): void {
  const db = station.raw()
  for (const entity of BOOTSTRAP_ORDER) {
    const packed = entity === 'session' ? 'packed' : 'NULL AS packed'
    const here = new Map(
      db
        .prepare<[], ScanColumns & { id: string; seq: number }>(`SELECT id, body, ${packed}, seq FROM ${entity}`)
        .all()
        .map(({ id, seq, ...columns }) => [id, { seq, body: JSON.parse(textOfScan(columns)) as unknown }]),
    )
    const there = heads.filter((head) => head.entity === entity && head.op === 'put')
    for (const { id, body, seq } of there) {
      if (!here.has(id))
        throw new Violation('convergence after healing', `${station.name} lacks the ${entity} ${id} of ${seq}`)
      if (!isDeepStrictEqual(here.get(id), { seq, body }))
        throw new Violation('convergence after healing', `${station.name} has another ${entity} ${id} than the server`)
      here.delete(id)
    }
    const [extra] = here.keys()
    if (extra !== undefined)
      throw new Violation(
        'nothing of another practice, nothing that is gone',
        `${station.name} has the ${entity} ${extra}`,
      )
  }
  const overlay = db
    .prepare<[], { text: string }>(
      `SELECT name || ' ' || mutation_id || ' of ' || coalesce(feed_seq, 'no row') AS text FROM overlay`,
    )
    .all()
    .map(({ text }) => text)
  if (overlay.length > 0) throw new Violation('the overlay ends', `${overlay.join(', ')} on ${station.name}`)
  checkViews(station, heads)
}

/** What screens show is what the server has, session by session. */
function checkViews(station: Station, heads: readonly Head[]): void {
  const shown = listShown(station)
  for (const { id } of heads.filter((head) => head.entity === 'session' && head.op === 'put')) {
    const session = findSession(station.raw(), id)
    if (session === undefined)
      throw new Violation('convergence after healing', `${station.name} does not find the session ${id}`)
    const viewed = viewSession(station.raw(), session).reads.map(({ readId }) => readId as string)
    const expected = shown.filter(({ sessionId }) => sessionId === id).map(({ readId }) => readId)
    if (!isDeepStrictEqual(viewed.toSorted(), expected.toSorted()))
      throw new Violation('convergence after healing', `${station.name} shows other reads of ${id} than it has`)
  }
}
