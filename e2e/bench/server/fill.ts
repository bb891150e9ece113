import { v7 } from 'uuid'
import type { Client } from 'pg'
import { PersonId, PracticeId } from '../../../server/contract/domain/ids.ts'
import type { PersonPrincipal } from '../../../server/http/handler.ts'
import { aSession } from '../../../electron/store/testing.ts'

/** A practice of the bench with its clinicians; its sessions are published and nobody has read them. */
export type BenchPractice = { readonly id: PracticeId; readonly clinicians: readonly PersonPrincipal[] }

/** Made by the database itself, in the tables' own shape: a million sessions through the front door would take an hour. */
export async function fillPractice(
  superuser: Client,
  size: { readonly sessions: number; readonly clinicians: number },
): Promise<BenchPractice> {
  const id = PracticeId.parse(v7())
  const clinicians = Array.from({ length: size.clinicians }, (): PersonPrincipal => {
    return { kind: 'person', practiceId: id, personId: PersonId.parse(v7()), roles: ['clinician'] }
  })
  const body = JSON.stringify(aSession(v7())) // five photos; its ids are the same in each row, its size is what counts
  await superuser.query('begin')
  for (const [text, values] of statements(id, clinicians, size.sessions, body)) await superuser.query(text, values)
  await superuser.query('commit')
  return { id, clinicians }
}

const PATIENTS = 200

function statements(
  id: string,
  clinicians: readonly PersonPrincipal[],
  sessions: number,
  body: string,
): [string, unknown[]][] {
  return [
    [`insert into practice values ($1, 'Bench', 1)`, [id]],
    ['insert into practice_clock values ($1, 0, 1, 0)', [id]],
    [
      `insert into person select $1, p, 'bench', p::text, 'A Person', '{clinician}', true from unnest($2::uuid[]) p`,
      [id, clinicians.map((clinician) => clinician.personId)],
    ],
    [
      `insert into patient select $1, gen_random_uuid(), 'R' || n, 'Zoë', 'Quillfeather', null, 'aligners', null, 4, 20, 14,
              'active', null, 1 from generate_series(1, $2::int) n`,
      [id, PATIENTS],
    ],
    [
      `insert into scan_session (practice_id, session_id, patient_id, captured_on, submitted_at_ms, stage, aligners, version,
              published_at_ms, body, review_state)
       select $1, gen_random_uuid(), (array(select patient_id from patient where practice_id = $1))[1 + n % $4::int],
              '2025-01-01', 1750000000000 + n::bigint * 60000, 4, 'in', 1, 1750000000000, $3::json,
              case when n % 20 = 0 then 'discordant' else 'waiting' end
         from generate_series(1, $2::int) n`,
      [id, sessions, body, PATIENTS],
    ],
  ]
}

/** Sessions that a bench may decide on, each once. */
export async function listSessions(superuser: Client, practice: PracticeId): Promise<string[]> {
  const { rows } = await superuser.query<{ id: string }>(
    'select session_id as id from scan_session where practice_id = $1',
    [practice],
  )
  return rows.map((row) => row.id)
}
