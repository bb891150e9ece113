import { Client } from 'pg'

/** Says whether anything in a database changed, table by table; for tests. */
export type TableDigest = {
  /** Name of each table -> a hash over all of its rows, in no order. */
  read(): Promise<ReadonlyMap<string, string>>
  close(): Promise<void>
}

/** When a key was last used is a note for its owner, made by every call with it. */
const NOT_STATE: Readonly<Record<string, readonly string[]>> = { intake_key: ['last_used_at_ms'] }

/** Reads every table of the public schema but those left out, and the ids of the queue's jobs; as the superuser, past every policy. */
export async function openTableDigest(superuserUrl: string, without: readonly string[]): Promise<TableDigest> {
  const client = new Client({ connectionString: superuserUrl })
  await client.connect()
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `select table_name as table, array_agg(column_name::text order by ordinal_position) as columns
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema = 'public' and table_type = 'BASE TABLE' group by table_name order by table_name`,
  )
  const parts = rows
    .filter(({ table }) => !without.includes(table))
    .map(({ table, columns }) => {
      const kept = columns.filter((column) => NOT_STATE[table]?.includes(column) !== true)
      return digestOf(`public.${table}`, kept.map(client.escapeIdentifier.bind(client)))
    })
  parts.push(digestOf('job_queue.job', ['id']))
  const statement = parts.join(' union all ')
  return {
    read: async () => {
      const found = await client.query<{ name: string; digest: string }>(statement)
      return new Map(found.rows.map((row) => [row.name, row.digest]))
    },
    close: () => client.end(),
  }
}

function digestOf(table: string, columns: readonly string[]): string {
  const row = `row(${columns.join(', ')})::text`
  return `select '${table}' as name, count(*) || ':' || md5(coalesce(string_agg(${row}, ',' order by ${row}), '')) as digest from ${table}`
}
