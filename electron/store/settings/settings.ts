import { type Setting, SETTINGS, SettingValues } from '../../../preload/contract/settings.ts'
import type { ReadDb, WriteTx } from '../db.ts'
import { sql } from '../statements.ts'

/** Preferences of one person; a value that no longer fits its schema falls back to the default. */
export function getSettings(db: ReadDb, personId: string): SettingValues {
  const values: Record<string, unknown> = {}
  for (const [name, { schema, default: standard }] of Object.entries(SETTINGS)) {
    const row = sql<{ value: string }>(db, 'SELECT value FROM setting WHERE person_id = ? AND name = ?').get(
      personId,
      name,
    )
    const parsed = row === undefined ? undefined : schema.safeParse(JSON.parse(row.value))
    values[name] = parsed?.success === true ? parsed.data : standard
  }
  return SettingValues.parse(values)
}

export function saveSetting(tx: WriteTx, personId: string, setting: Setting): void {
  sql(
    tx,
    `INSERT INTO setting (person_id, name, value) VALUES (?, ?, ?)
     ON CONFLICT (person_id, name) DO UPDATE SET value = excluded.value`,
  ).run(personId, setting.name, JSON.stringify(setting.value))
}
