import { sql } from 'kysely'
import type { Adapter, AdapterPayload } from 'oidc-provider'
import type { RawDatabase } from '../platform/database/database.ts'

const SECOND_MS = 1000

/** Keeps one kind of the provider's records (sessions, grants, tokens) in PostgreSQL, so that a restart signs nobody out. */
export function createProviderStore(db: RawDatabase, kind: string): Adapter {
  const find = async (column: 'id' | 'uid' | 'user_code', value: string) => {
    const row = await db
      .selectFrom('idp.payload')
      .select(['payload', 'consumed_at'])
      .where('kind', '=', kind)
      .where(column, '=', value)
      .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', sql<Date>`now()`)]))
      .executeTakeFirst()
    if (row === undefined) return undefined
    const consumed = row.consumed_at === null ? {} : { consumed: Math.floor(row.consumed_at.getTime() / SECOND_MS) }
    return { ...(row.payload as AdapterPayload), ...consumed } // the provider's own record, written below
  }
  return {
    upsert: (id, payload, expiresInS) => save(db, kind, id, payload, expiresInS),
    find: (id) => find('id', id),
    findByUid: (uid) => find('uid', uid),
    findByUserCode: (userCode) => find('user_code', userCode),
    consume: async (id) => {
      const consumedAt = { consumed_at: new Date() }
      await db.updateTable('idp.payload').set(consumedAt).where('kind', '=', kind).where('id', '=', id).execute()
    },
    destroy: async (id) => {
      await db.deleteFrom('idp.payload').where('kind', '=', kind).where('id', '=', id).execute()
    },
    revokeByGrantId: async (grantId) => {
      await db.deleteFrom('idp.payload').where('grant_id', '=', grantId).execute()
    },
  }
}

/** Called at start: what has expired is of no use to anybody. */
export async function dropExpired(db: RawDatabase): Promise<void> {
  await db.deleteFrom('idp.payload').where('expires_at', '<', sql<Date>`now()`).execute()
}

async function save(
  db: RawDatabase,
  kind: string,
  id: string,
  payload: AdapterPayload,
  expiresInS: number | undefined,
): Promise<void> {
  const row = {
    payload: JSON.stringify(payload),
    grant_id: payload.grantId ?? null,
    user_code: payload.userCode ?? null,
    uid: payload.uid ?? null,
    expires_at: expiresInS === undefined ? null : new Date(Date.now() + expiresInS * SECOND_MS),
  }
  await db
    .insertInto('idp.payload')
    .values({ kind, id, ...row })
    .onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet(row))
    .execute()
}
