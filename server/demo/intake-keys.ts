import { join } from 'node:path'
import { z } from 'zod'
import { appendAudit } from '../modules/audit/service.ts'
import type { ModuleDeps } from '../modules/deps.ts'
import { createIntakeKey, findIntakeCaller } from '../modules/intake-keys/service.ts'
import { findPrivateFile, writePrivateFile } from '../platform/secrets/private-file.ts'
import { DEMO_PRACTICES, type DemoPractice } from './people.ts'

/** Practice name -> secret: what `npm run intake` and the sample practice sign in with. */
const KeyFile = z.record(z.string(), z.string())

type Deps = Pick<ModuleDeps, 'database' | 'clock'>

/** One working key per practice in `intake-keys.json`; one that is unknown to the database or revoked is replaced. */
export async function ensureDemoIntakeKeys(deps: Deps, folder: string): Promise<void> {
  const path = join(folder, 'intake-keys.json')
  const kept = KeyFile.parse(JSON.parse((await findPrivateFile(path)) ?? '{}'))
  const now: Record<string, string> = {}
  for (const practice of DEMO_PRACTICES) {
    const secret = kept[practice.name]
    const isGood = secret !== undefined && (await findIntakeCaller(deps, secret)) !== undefined
    now[practice.name] = isGood ? secret : await makeKey(deps, practice)
  }
  await writePrivateFile(path, `${JSON.stringify(now, null, 2)}\n`)
}

function makeKey(deps: Deps, practice: DemoPractice): Promise<string> {
  return deps.database.inPractice(practice.id, async (tx) => {
    const nowMs = deps.clock.nowMs()
    const { key, secret } = await createIntakeKey(tx, practice.id, 'Demonstration', nowMs)
    const subject = { intakeKeyId: key.id }
    await appendAudit(tx, practice.id, null, nowMs, { action: 'intake-key.create', outcome: 'done', subject })
    return secret
  })
}
