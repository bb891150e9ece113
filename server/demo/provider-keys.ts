import { randomBytes, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import { z } from 'zod'
import type { RawDatabase } from '../platform/database/database.ts'

const Keys = z.object({
  jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1) }),
  cookieKey: z.string(),
})
export type ProviderKeys = z.infer<typeof Keys>

const NAME = 'provider-keys'

/** Made once and kept beside the provider's records: tokens and cookies from before a restart stay good. */
export async function getProviderKeys(db: RawDatabase): Promise<ProviderKeys> {
  const kept = await findKeys(db)
  if (kept !== undefined) return kept
  const value = JSON.stringify(await makeKeys())
  await db
    .insertInto('idp.key_value')
    .values({ name: NAME, value })
    .onConflict((conflict) => conflict.column('name').doNothing()) // another server process was first: use its keys
    .execute()
  const saved = await findKeys(db)
  if (saved === undefined) throw new Error('The keys of the demonstration provider were not kept')
  return saved
}

async function findKeys(db: RawDatabase): Promise<ProviderKeys | undefined> {
  const row = await db.selectFrom('idp.key_value').select('value').where('name', '=', NAME).executeTakeFirst()
  return row === undefined ? undefined : Keys.parse(row.value)
}

async function makeKeys(): Promise<ProviderKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 })
  const jwk = { ...(await exportJWK(privateKey)), kid: randomUUID(), use: 'sig', alg: 'RS256' }
  return { jwks: { keys: [jwk] }, cookieKey: randomBytes(32).toString('base64url') }
}
