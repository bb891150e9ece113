import type { ModuleDeps } from '../modules/deps.ts'
import { registerRules } from '../modules/practice-rules/service.ts'
import { writeInPractice } from '../modules/sync/service.ts'
import { DEMO_PRACTICES } from './people.ts'

/** The share of second reads that the practices of the demonstration begin with; what people changed since is left alone. */
export async function registerDemoRules(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'announce'>,
  secondReadPercent: number,
): Promise<void> {
  for (const { id: practiceId, people } of DEMO_PRACTICES) {
    const admin = people.find(({ roles }) => roles.includes('practice_admin'))
    if (admin === undefined) throw new Error('A practice of the demonstration has no administrator')
    const at = { by: admin.id, nowMs: deps.clock.nowMs() }
    await writeInPractice(deps, practiceId, (tx, feed) =>
      registerRules(tx, feed, practiceId, { secondReadPercent }, at),
    )
  }
}
