import { verifyAudit } from '../../../server/modules/audit/service.ts'
import { checkPhotos } from '../show-photo.ts'
import type { World } from '../world.ts'
import { checkAllDecided } from './decided.ts'
import { checkFeed } from './feed.ts'
import { Violation } from './ledger.ts'
import { checkPracticeRows } from './practice-rows.ts'
import { checkStation } from './station-rows.ts'
import { checkWinners } from './winners.ts'

/** What must hold once everything is whole again and has had its time. */
export async function checkAtTheEnd(world: World): Promise<void> {
  for (const practice of world.practices) {
    const heads = await checkFeed(world, practice)
    checkPracticeRows(world, practice.id, heads)
    await checkWinners(world, practice, heads)
    const { brokenAt } = await verifyAudit(world.machine.server.deps, practice.id)
    if (brokenAt !== null) throw new Violation('the log is a chain', `broken at entry ${brokenAt}`)
    for (const station of world.stations) {
      if (station.practiceId !== practice.id) continue
      checkStation(station, heads)
      checkPhotos(station)
    }
  }
  await checkAllDecided(world)
}
