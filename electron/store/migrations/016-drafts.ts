import type { Migration } from './migration.ts'

export const drafts: Migration = {
  version: 16,
  name: 'drafts',
  up: `
    -- What somebody has entered for a scan and not decided. own_read_id: their own read that stood when they did;
    -- once another one stands, decided elsewhere perhaps, the draft is about what is settled.
    CREATE TABLE draft (
      session_id    TEXT NOT NULL,
      person_id     TEXT NOT NULL,
      own_read_id   TEXT,
      body          TEXT NOT NULL,
      changed_at_ms INTEGER NOT NULL,
      PRIMARY KEY (session_id, person_id)
    ) STRICT, WITHOUT ROWID;
  `,
}
