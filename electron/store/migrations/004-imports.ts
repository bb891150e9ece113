import type { Migration } from './migration.ts'

export const imports: Migration = {
  version: 4,
  name: 'imports',
  up: `
    CREATE TABLE staged_photo (
      hash         TEXT PRIMARY KEY,
      media_type   TEXT NOT NULL,
      bytes        INTEGER NOT NULL,
      staged_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE import_job (
      session_id    TEXT PRIMARY KEY,
      person_id     TEXT NOT NULL,
      request       TEXT NOT NULL,
      progress      TEXT NOT NULL,
      open          INTEGER NOT NULL,
      started_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX import_job_open ON import_job (open, started_at_ms);
  `,
}
