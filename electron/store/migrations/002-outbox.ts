import type { Migration } from './migration.ts'

export const outbox: Migration = {
  version: 2,
  name: 'outbox',
  up: `
    -- The server registers a client id to one person: each person of a shared workstation has their own sequence.
    CREATE TABLE sync_client (
      person_id       TEXT PRIMARY KEY,
      client_id       TEXT NOT NULL UNIQUE,
      next_client_seq INTEGER NOT NULL
    ) STRICT;

    -- position orders the queue and is never reused. client_seq is given when a row is claimed for sending,
    -- so that a decision taken back before leaves no gap.
    CREATE TABLE outbox (
      position      INTEGER PRIMARY KEY AUTOINCREMENT,
      mutation_id   TEXT NOT NULL UNIQUE,
      person_id     TEXT NOT NULL,
      name          TEXT NOT NULL,
      version       INTEGER NOT NULL,
      args          TEXT NOT NULL,
      state         TEXT NOT NULL CHECK (state IN ('pending', 'in_flight')),
      not_before_ms INTEGER NOT NULL,
      client_seq    INTEGER,
      batch         INTEGER,
      CHECK ((state = 'in_flight') = (client_seq IS NOT NULL AND batch IS NOT NULL)),
      UNIQUE (person_id, client_seq)
    ) STRICT;
    CREATE INDEX outbox_by_state ON outbox (person_id, state, position);

    -- Local decisions on top of the server's rows. feed_seq is null until the server acknowledged it.
    CREATE TABLE overlay (
      mutation_id TEXT PRIMARY KEY,
      position    INTEGER NOT NULL,
      session_id  TEXT NOT NULL,
      read_id     TEXT NOT NULL UNIQUE,
      person_id   TEXT NOT NULL,
      args        TEXT NOT NULL,
      feed_seq    INTEGER
    ) STRICT;
    CREATE INDEX overlay_by_session ON overlay (session_id, position);
    CREATE INDEX overlay_by_feed_seq ON overlay (feed_seq) WHERE feed_seq IS NOT NULL;

    -- Changes that the server refused or parked, kept in full until a person resolves them.
    CREATE TABLE attention (
      mutation_id TEXT PRIMARY KEY,
      person_id   TEXT NOT NULL,
      name        TEXT NOT NULL,
      args        TEXT NOT NULL,
      status      TEXT NOT NULL CHECK (status IN ('rejected', 'parked')),
      code        TEXT,
      at_ms       INTEGER NOT NULL
    ) STRICT;
  `,
}
