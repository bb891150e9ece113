import type { Migration } from './migration.ts'

/** Server rows. `generation` tells a bootstrap which rows it has not seen again. */
export const entities: Migration = {
  version: 1,
  name: 'entities',
  up: `
    CREATE TABLE practice (id TEXT PRIMARY KEY, body TEXT NOT NULL, generation INTEGER NOT NULL) STRICT;
    CREATE TABLE person   (id TEXT PRIMARY KEY, body TEXT NOT NULL, generation INTEGER NOT NULL) STRICT;
    CREATE TABLE patient (
      id         TEXT PRIMARY KEY,
      doctor_id  TEXT,
      search     TEXT NOT NULL,
      body       TEXT NOT NULL,
      generation INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX patient_by_doctor ON patient (doctor_id);
    CREATE TABLE session (
      id              TEXT PRIMARY KEY,
      patient_id      TEXT NOT NULL,
      captured_on     TEXT NOT NULL,
      submitted_at_ms INTEGER NOT NULL,
      body            TEXT NOT NULL,
      generation      INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX session_by_patient ON session (patient_id, captured_on, submitted_at_ms);
    CREATE TABLE read (
      id         TEXT PRIMARY KEY,
      session_id TEXT NOT NULL,
      body       TEXT NOT NULL,
      generation INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX read_by_session ON read (session_id);
    CREATE TABLE action (
      id         TEXT PRIMARY KEY,
      session_id TEXT NOT NULL,
      body       TEXT NOT NULL,
      generation INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX action_by_session ON action (session_id);

    -- What the queue shows, kept in the transaction that changes any of its sources.
    CREATE TABLE queue_row (
      session_id      TEXT PRIMARY KEY,
      patient_id      TEXT NOT NULL,
      name_key        TEXT NOT NULL,
      search          TEXT NOT NULL,
      submitted_at_ms INTEGER NOT NULL,
      stage           INTEGER,
      state           TEXT NOT NULL,
      flagged         INTEGER NOT NULL,
      first_scan      INTEGER NOT NULL,
      refinement      INTEGER NOT NULL,
      body            TEXT NOT NULL
    ) STRICT;
    CREATE INDEX queue_row_by_patient ON queue_row (patient_id);

    CREATE TABLE sync_state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE setting    (person_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (person_id, name)) STRICT, WITHOUT ROWID;
    CREATE TABLE secret     (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
}
