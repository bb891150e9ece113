import { type CompiledQuery, Kysely, PostgresDialect, sql } from 'kysely'
import { v7 as uuidV7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  ClientId,
  GoalId,
  MutationId,
  PersonId,
  PhotoHash,
  PracticeId,
  QuestionId,
  ReadId,
  SecondReadId,
  SessionId,
} from '../contract/domain/ids.ts'
import type { Read } from '../contract/domain/reads.ts'
import { connectPool } from '../platform/database/connect.ts'
import type { PracticeTx } from '../platform/database/database.ts'
import { type OpenDatabase, serveOn } from '../platform/database/open.ts'
import type { Tables } from '../platform/database/tables.ts'
import { asSuperuser, createTestDatabase, type TestDatabase } from '../platform/database/testing.ts'
import { listEntries } from './audit/repository.ts'
import { newEntry } from './audit/service.ts'
import { queryDashboard } from './dashboard/repository.ts'
import { lockGoal } from './goals/repository.ts'
import { findQuestion, listQuestionIds } from './questions/repository.ts'
import { findActionOfRead, listDecisionIds, lockStanding } from './reads/repository.ts'
import { countProcessing, listPublishedFacts, lockPhotos } from './scans/photo-repository.ts'
import { listImages, lockSessionState, lockSessionsWith } from './scans/repository.ts'
import { findSecondRead, listSecondReadIds } from './second-reads/repository.ts'
import { closeChange } from './sync/close-change.ts'
import { listFeedAfter } from './sync/feed.ts'
import { countHeads, listHeadDigests, listHeads } from './sync/heads.ts'
import { pruneFeedPage } from './sync/prune-repository.ts'
import { findVerdict, lockClient } from './sync/repository.ts'

/**
 * The statements as the modules really send them, explained on tables of some size: eight practices of 2,000 sessions.
 * No sequential scan of anything but the clock, no sort where an index gives the order.
 */
const practices = Array.from({ length: 8 }, () => PracticeId.parse(uuidV7()))
const practice = practices[3] as PracticeId
const [person, client] = [PersonId.parse(uuidV7()), ClientId.parse(uuidV7())]
/** One of each in every practice, so that a test can name it. */
const [session, read, mutation] = [SessionId.parse(uuidV7()), ReadId.parse(uuidV7()), MutationId.parse(uuidV7())]
const goal = GoalId.parse(uuidV7())
const [question, draw] = [QuestionId.parse(uuidV7()), SecondReadId.parse(uuidV7())]
const hash = PhotoHash.parse('a'.repeat(64))

let template: TestDatabase
let database: OpenDatabase
const sent: CompiledQuery[] = []
beforeAll(async () => {
  template = await createTestDatabase()
  await asSuperuser(template.superuserUrl, practices.map(fillOf).join(';'))
  await asSuperuser(template.superuserUrl, 'vacuum analyze')
  const pool = connectPool(template.url, { max: 2, statementTimeoutMs: 10_000 })
  const log = (event: { query: CompiledQuery }) => void sent.push(event.query)
  database = serveOn(new Kysely<Tables>({ dialect: new PostgresDialect({ pool }), log }), template.url)
})
afterAll(async () => {
  await database?.close()
  await template?.drop()
})

function fillOf(id: PracticeId): string {
  const each = (columns: string, count: number) =>
    `select '${id}'::uuid, ${columns} from generate_series(1, ${count}) n`
  const named = (name: string) => `case when n = 1 then '${name}'::uuid else gen_random_uuid() end`
  const body = `('{"text": "' || repeat('x', 300) || '"}')`
  return `
    insert into practice values ('${id}', 'N', 1);
    insert into practice_clock values ('${id}', 14000, 1, 0);
    insert into person values ('${id}', '${person}', 'iss', '${id}', 'P', '{clinician}', true);
    insert into patient ${each(`gen_random_uuid(), 'R' || n, 'G', 'F', null, null, null, null, null, null, 'active', null, 1`, 500)};
    insert into photo ${each(`case when n = 1 then '${hash}' else encode(sha256(('${id}' || n)::bytea), 'hex') end, 'ready', 1, null, '{}', 1, 1`, 4000)};
    insert into scan_session (practice_id, session_id, patient_id, captured_on, submitted_at_ms, aligners, version,
                              published_at_ms, body, review_state)
      select '${id}', ${named(session)}, (array(select patient_id from patient where practice_id = '${id}'))[1 + n % 500],
             '2024-01-01', n, 'in', 1, 1, ${body}::json, case when n % 9 = 0 then 'discordant' else 'waiting' end
        from generate_series(1, 2000) n;
    insert into scan_image
      select practice_id, session_id, view, sha256, 'none' from (
        select s.practice_id, s.session_id, v.view, p.sha256 from
          (select *, row_number() over (order by session_id) as n from scan_session where practice_id = '${id}') s
          cross join (values ('frontal', 0), ('occlusal_upper', 1)) v (view, k)
          join (select *, row_number() over (order by sha256) as n from photo where practice_id = '${id}') p
            on p.n = 2 * s.n - v.k) t;
    insert into read select practice_id, case when session_id = '${session}' then '${read}'::uuid else gen_random_uuid() end,
                            session_id, '${person}', 1, ${body}::jsonb from scan_session where practice_id = '${id}';
    insert into action select r.practice_id, gen_random_uuid(), r.session_id, s.patient_id, r.read_id, 'hold_aligner', '{}',
                              '${person}', 'won', 1
      from read r join scan_session s using (practice_id, session_id) where r.practice_id = '${id}';
    insert into feed ${each(`n, (array['patient', 'session', 'read', 'action'])[1 + n % 4], gen_random_uuid(), 'put', ${body}::json, null, n`, 14000)};
    insert into feed_head select practice_id, entity, entity_id, seq, op, at_ms from feed where practice_id = '${id}';
    insert into sync_client ${each(`${named(client)}, '${person}', 1, 1, 1`, 40)};
    insert into mutation_result
      select '${id}', client_id, n, case when client_id = '${client}' and n = 1 then '${mutation}'::uuid else gen_random_uuid() end,
             'applied', null, null, 1
        from sync_client, generate_series(1, 100) n where practice_id = '${id}';
    insert into goal
      select practice_id, case when reference = 'R1' then '${goal}'::uuid else gen_random_uuid() end, patient_id, 'T', null, null,
             'open', '${person}', 1 from patient where practice_id = '${id}';
    insert into question
      select practice_id, case when session_id = '${session}' then '${question}'::uuid else gen_random_uuid() end, session_id,
             patient_id, '${person}', null, 'Q', '{}', 1, null, null, null from scan_session where practice_id = '${id}';
    insert into second_read
      select practice_id, case when session_id = '${session}' then '${draw}'::uuid else gen_random_uuid() end, session_id, read_id,
             '${person}', 'other', 1, null, 1 from read where practice_id = '${id}';
    insert into audit_entry ${each(`n, 1, null, null, 'a', 'done', '{}', repeat('a', 64)`, 5000)}`
}

type Node = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly Plans?: readonly Node[]
}

type Explained = { 'QUERY PLAN': [{ Plan: Node }] }

/** Every node of the plan of every statement that the work sends. */
async function plansOf(work: (tx: PracticeTx) => Promise<unknown>): Promise<Node[]> {
  return database.inPractice(practice, async (tx) => {
    sent.length = 0
    await work(tx)
    const nodes: Node[] = []
    for (const query of sent.splice(0)) {
      if (query.sql.startsWith('update') || query.sql.includes('set_config')) continue
      // With these values, and for any values: a prepared statement may settle on either.
      const these = sql<Explained>`explain (format json) ${rawOf(query)}`
      const any = sql<Explained>`explain (generic_plan, format json) ${sql.raw(query.sql)}`
      for (const explain of [these, any]) {
        for (const row of (await explain.execute(tx)).rows) collect(row['QUERY PLAN'][0].Plan, nodes)
      }
    }
    return nodes
  })
}

/** The same text with the same parameters. */
function rawOf({ sql: text, parameters }: CompiledQuery) {
  const parts = text.split(/\$\d+/)
  const order = [...text.matchAll(/\$(\d+)/g)].map((match) => parameters[Number(match[1]) - 1])
  return sql.join(
    parts.flatMap((part, i) => (i < order.length ? [sql.raw(part), sql`${order[i]}`] : [sql.raw(part)])),
    sql``,
  )
}

function collect(node: Node, into: Node[]): void {
  into.push(node)
  for (const child of node.Plans ?? []) collect(child, into)
}

const before = { submittedAtMs: 1500, sessionId: uuidV7() }
const PLANS: Readonly<Record<string, { work: (tx: PracticeTx) => Promise<unknown>; indexes: readonly string[] }>> = {
  'a page of the feed': {
    work: (tx) => listFeedAfter(tx, practice, 500, 1001),
    indexes: ['feed_pkey'],
  },
  'the end of the feed': {
    work: (tx) => listFeedAfter(tx, practice, 14_000, 1001),
    indexes: ['feed_pkey'],
  },
  'the first page of a copy': {
    work: (tx) => listHeads(tx, practice, { entity: 'session', after: undefined, limit: 1000 }),
    indexes: ['feed_head_pkey', 'feed_pkey'],
  },
  'a later page of a copy': {
    work: (tx) => listHeads(tx, practice, { entity: 'session', after: session, limit: 1000 }),
    indexes: ['feed_head_pkey', 'feed_pkey'],
  },
  'the totals of a copy': { work: (tx) => countHeads(tx, practice), indexes: ['feed_head_pkey'] },
  'the digest': { work: (tx) => listHeadDigests(tx, practice, 14_000), indexes: ['feed_head_pkey'] },
  'the dashboard': {
    work: (tx) => queryDashboard(tx, practice, { limit: 50 }).execute(),
    indexes: ['scan_session_newest', 'patient_pkey'],
  },
  'a later page of the dashboard': {
    work: (tx) => queryDashboard(tx, practice, { limit: 50, before }).execute(),
    indexes: ['scan_session_newest', 'patient_pkey'],
  },
  'the dashboard of one state': {
    work: (tx) => queryDashboard(tx, practice, { limit: 50, state: 'discordant' }).execute(),
    indexes: ['scan_session_newest_by_state', 'patient_pkey'],
  },
  'a later page of the dashboard of one state': {
    work: (tx) => queryDashboard(tx, practice, { limit: 50, state: 'waiting', before }).execute(),
    indexes: ['scan_session_newest_by_state', 'patient_pkey'],
  },
  'the lock of a workstation': {
    work: (tx) => lockClient(tx, practice, { clientId: client, personId: person, nowMs: 1 }),
    indexes: ['sync_client_pkey'],
  },
  'whether a mutation was seen': {
    work: (tx) => findVerdict(tx, practice, mutation),
    indexes: ['mutation_result_practice_id_mutation_id_key'],
  },
  'the lock of a session': { work: (tx) => lockSessionState(tx, practice, session), indexes: ['scan_session_pkey'] },
  'the action of a read': {
    // It looks at these two fields of the read alone.
    work: (tx) => findActionOfRead(tx, practice, { sessionId: session, readId: read } as Read),
    indexes: ['action_by_session'],
  },
  'all decisions of a session': {
    work: (tx) => listDecisionIds(tx, practice, session),
    indexes: ['read_by_session', 'action_by_session'],
  },
  'the lock of a goal': { work: (tx) => lockGoal(tx, practice, goal), indexes: ['goal_pkey'] },
  'a question': { work: (tx) => findQuestion(tx, practice, question), indexes: ['question_pkey'] },
  'the questions about a session': {
    work: (tx) => listQuestionIds(tx, practice, session),
    indexes: ['question_by_session'],
  },
  'a drawn second read': { work: (tx) => findSecondRead(tx, practice, draw), indexes: ['second_read_pkey'] },
  'the draw from a session': {
    work: (tx) => listSecondReadIds(tx, practice, session),
    indexes: ['second_read_practice_id_session_id_key'],
  },
  'the photos of a session': {
    work: (tx) => listImages(tx, practice, session),
    indexes: ['scan_image_pkey', 'photo_pkey'],
  },
  'the lock of photos': { work: (tx) => lockPhotos(tx, practice, [hash]), indexes: ['photo_pkey'] },
  'the photos in the queue': { work: (tx) => countProcessing(tx, practice, 20), indexes: ['photo_processing'] },
  'the sessions with a photo': {
    work: (tx) => lockSessionsWith(tx, practice, hash),
    indexes: ['scan_image_by_photo', 'scan_session_pkey'],
  },
  'photos to link to': {
    work: (tx) => listPublishedFacts(tx, practice, [hash]),
    indexes: ['photo_pkey', 'scan_image_by_photo', 'scan_session_pkey'],
  },
  'the end of the audit log': {
    work: (tx) => listEntries(tx, practice, { limit: 1 }),
    indexes: ['audit_entry_pkey'],
  },
  'a page of pruning': {
    work: (tx) => pruneFeedPage(tx, practice, { after: 5000, beforeMs: 0, limit: 1000 }),
    indexes: ['feed_pkey', 'feed_head_pkey'],
  },
}

test.each(Object.entries(PLANS))('%s is read from indexes, in their order', async (name, { work, indexes }) => {
  const nodes = await plansOf(work)
  const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'])
  expect(scanned.filter((table) => table !== 'practice_clock')).toEqual([])
  const used = new Set(nodes.flatMap((node) => node['Index Name'] ?? []))
  used.delete('practice_clock_pkey')
  expect([...used].toSorted()).toEqual(indexes.toSorted())
  // A handful of rows; and all heads of a practice at once, which lie scattered, are sooner sorted than fetched in order.
  const maySort = ['the sessions with a photo', 'the lock of photos', 'the digest'].includes(name)
  const sorts = nodes.filter((node) => node['Node Type'].includes('Sort'))
  expect(sorts.length).toBeLessThanOrEqual(maySort ? 2 : 0)
})

/** Often enough that PostgreSQL settles on a plan for any values, where it does. */
const SETTLED = 8
const FUNCTIONS: Readonly<Record<string, (tx: PracticeTx) => Promise<unknown>>> = {
  'what stands on a session': (tx) => lockStanding(tx, practice, { readId: read, sessionId: session }),
  'the end of a change': (tx) => {
    const pushed = {
      id: MutationId.parse(uuidV7()),
      clientId: ClientId.parse(uuidV7()),
      personId: person,
      clientSeq: 1,
    }
    const rows = [{ entity: 'read', id: read, op: 'put', body: {} } as const]
    const entries = [newEntry(null, { action: 'a', outcome: 'done', subject: {} }, 1)]
    return closeChange(tx, practice, { rows, entries }, { pushed, nowMs: 1 })
  },
}

test.each(Object.entries(FUNCTIONS))(
  '%s, which a function of the database does, fetches a handful of rows',
  async (_, work) => {
    await database.inPractice(practice, async (tx) => {
      const fetched = async () => {
        const { rows } = await sql<{ count: number }>`
        select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as count from pg_stat_xact_user_tables`.execute(tx)
        return rows[0]?.count ?? 0
      }
      for (let i = 0; i < SETTLED; i += 1) {
        const before = await fetched()
        await work(tx)
        // Eight practices have one row each in some tables, which are sooner read whole.
        expect((await fetched()) - before).toBeLessThan(5 * practices.length)
      }
    })
  },
)
