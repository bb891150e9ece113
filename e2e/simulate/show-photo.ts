import { type ScanColumns, scanOf } from '../../electron/store/sessions/packed-scan.ts'
import { ScanSession } from '../../server/contract/domain/sessions.ts'
import { Violation } from './checks/ledger.ts'
import { sha256 } from './server/sim-server.ts'
import type { Station } from './workstation/station.ts'
import type { World } from './world.ts'

const SIZES = ['512', '2048', 'original'] as const

/** Asks for a photo as a screen does, and once more when it may have come: whatever is shown is what the scan promised. */
export async function showPhoto(world: World, station: Station, photo: number): Promise<void> {
  const wanted = listPhotos(station)
  const found = wanted[photo % Math.max(1, wanted.length)]
  if (found === undefined) return
  for (let turn = 0; turn < 2; turn += 1) {
    const shown = { bytes: undefined as Uint8Array | undefined }
    station.inside(({ photos }) => {
      photos.get(found.hash, found.size).then(
        (answer) => void (shown.bytes = answer?.bytes),
        () => {}, // the process ended, or its disk is full: nothing is shown
      )
    })
    await world.settle()
    world.trace.note(
      `${station.name} shows ${found.size} ${shown.bytes === undefined ? 'nothing' : sha256(shown.bytes)}`,
    )
    if (shown.bytes !== undefined && sha256(shown.bytes) !== found.sha256)
      throw new Violation('no photo without its hash', `${station.name} shows other bytes than the scan promised`)
  }
}

/** At rest too: what is marked as here is what was promised. */
export function checkPhotos(station: Station): void {
  const cached = station.raw().prepare<[], { hash: string; size: string }>('SELECT hash, size FROM cached_photo').all()
  const promised = new Map(listPhotos(station).map((one) => [`${one.hash}/${one.size}`, one.sha256]))
  for (const { hash, size } of cached) {
    const bytes = station.photoFolder.look([hash, size])
    const sha = promised.get(`${hash}/${size}`)
    if (bytes !== undefined && sha !== undefined && sha256(bytes) !== sha)
      throw new Violation('no photo without its hash', `${station.name} holds other bytes than the scan promised`)
  }
}

function listPhotos(station: Station): { hash: string; size: string; sha256: string }[] {
  const rows = station
    .raw()
    .prepare<[], ScanColumns>('SELECT body, packed FROM session ORDER BY submitted_at_ms, id')
    .all()
  return rows
    .map((row) => ScanSession.parse(scanOf(row)))
    .flatMap(({ images }) => images.flatMap(({ photo }) => (photo === null ? [] : [photo])))
    .flatMap(({ hash, renditions }) =>
      SIZES.map((size) => ({ hash, size, sha256: size === 'original' ? hash : renditions[size].sha256 })),
    )
}
