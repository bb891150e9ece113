import { join } from 'node:path'
import { z } from 'zod'
import type { ModuleDeps } from '../modules/deps.ts'
import type { Config } from '../platform/config.ts'
import type { RawDatabase } from '../platform/database/database.ts'
import { findPrivateFile, writePrivateFile } from '../platform/secrets/private-file.ts'
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts'
import { ensureDemoIntakeKeys } from './intake-keys.ts'
import { getProviderKeys } from './provider-keys.ts'
import { registerDemoPatients } from './register-patients.ts'
import { registerDemoPeople } from './register-people.ts'
import { registerDemoRules } from './register-rules.ts'

const Kept = z.object({ port: z.int().min(1).max(65_535) })

/** The demonstration: a provider on the port of the last start where it is free, two practices, their people and keys. */
export async function startDemo(
  deps: Pick<ModuleDeps, 'database' | 'clock' | 'log' | 'announce'>,
  options: { readonly raw: RawDatabase; readonly config: Config; readonly folder: string },
): Promise<IdentityProvider> {
  const { config, folder, raw } = options
  const path = join(folder, 'provider.json')
  const kept = await findPrivateFile(path)
  const provider = await startIdentityProvider({
    db: raw,
    keys: await getProviderKeys(raw),
    clientId: config.oidcClientId,
    audience: config.oidcAudience,
    serverHost: config.host,
    port: kept === undefined ? 0 : Kept.parse(JSON.parse(kept)).port,
    log: deps.log,
  })
  try {
    await writePrivateFile(path, `${JSON.stringify({ port: provider.port })}\n`)
    await registerDemoPeople(deps, provider.issuer)
    if (config.demoPatients !== undefined) await registerDemoPatients(deps, config.demoPatients)
    if (config.demoSecondReads !== undefined) await registerDemoRules(deps, config.demoSecondReads)
    await ensureDemoIntakeKeys(deps, folder)
    return provider
  } catch (cause) {
    await provider.close()
    throw cause
  }
}
