import type { Migration } from './migration.ts'

export const confirmation: Migration = {
  version: 9,
  name: 'confirmation',
  up: `
    -- All times are this workstation's clock.
    ALTER TABLE outbox ADD COLUMN base            TEXT NOT NULL DEFAULT '{}'; -- values that the change was made on
    ALTER TABLE outbox ADD COLUMN queued_at_ms    INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outbox ADD COLUMN confirmed_at_ms INTEGER; -- the author's word that an old instruction still holds
    ALTER TABLE outbox ADD COLUMN tried_at_ms     INTEGER; -- last time that it was on the way to the server
    ALTER TABLE outbox ADD COLUMN subject         TEXT;    -- scan or patient: changes of one subject keep their order
    ALTER TABLE outbox ADD COLUMN instructs       INTEGER NOT NULL DEFAULT 0 CHECK (instructs IN (0, 1));
    UPDATE outbox SET
      queued_at_ms = CAST(coalesce(args ->> '$.readAtMs', 0) AS INTEGER),
      subject = args ->> '$.sessionId',
      instructs = coalesce(args ->> '$.action.kind', 'none') <> 'none'
      WHERE name = 'read.record';
    UPDATE outbox SET tried_at_ms = CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE state = 'in_flight' OR sent = 1;
    CREATE INDEX outbox_instruction ON outbox (person_id, subject, position) WHERE instructs = 1;

    -- A change lies on a scan (a read) or on a patient (their fields).
    CREATE TABLE overlay_9 (
      mutation_id TEXT PRIMARY KEY,
      position    INTEGER NOT NULL,
      session_id  TEXT,
      read_id     TEXT UNIQUE,
      patient_id  TEXT,
      person_id   TEXT NOT NULL,
      args        TEXT NOT NULL,
      feed_seq    INTEGER,
      CHECK ((session_id IS NULL) <> (patient_id IS NULL)),
      CHECK ((session_id IS NULL) = (read_id IS NULL))
    ) STRICT;
    INSERT INTO overlay_9 (mutation_id, position, session_id, read_id, person_id, args, feed_seq)
      SELECT mutation_id, position, session_id, read_id, person_id, args, feed_seq FROM overlay;
    DROP TABLE overlay;
    ALTER TABLE overlay_9 RENAME TO overlay;
    CREATE INDEX overlay_by_session ON overlay (session_id, position);
    CREATE INDEX overlay_by_patient ON overlay (patient_id, position) WHERE patient_id IS NOT NULL;
    CREATE INDEX overlay_by_feed_seq ON overlay (feed_seq) WHERE feed_seq IS NOT NULL;

    -- 'stale': an instruction that waited too long and was let go here; one that still waits lies in the outbox.
    CREATE TABLE attention_9 (
      mutation_id   TEXT PRIMARY KEY,
      person_id     TEXT NOT NULL,
      name          TEXT NOT NULL,
      args          TEXT NOT NULL,
      base          TEXT NOT NULL DEFAULT '{}',
      status        TEXT NOT NULL CHECK (status IN ('rejected', 'parked', 'lost', 'stale')),
      code          TEXT,
      at_ms         INTEGER NOT NULL,
      settled       TEXT CHECK (settled IN ('retried', 'edited', 'discarded')),
      settled_at_ms INTEGER,
      reason        TEXT,
      replaced_by   TEXT UNIQUE,
      CHECK ((settled IS NULL) = (settled_at_ms IS NULL)),
      CHECK ((settled IS 'discarded') = (reason IS NOT NULL)),
      CHECK ((settled IS 'retried' OR settled IS 'edited') = (replaced_by IS NOT NULL))
    ) STRICT;
    INSERT INTO attention_9
        (mutation_id, person_id, name, args, status, code, at_ms, settled, settled_at_ms, reason, replaced_by)
      SELECT mutation_id, person_id, name, args, status, code, at_ms, settled, settled_at_ms, reason, replaced_by
      FROM attention;
    DROP TABLE attention;
    ALTER TABLE attention_9 RENAME TO attention;
    CREATE INDEX attention_open ON attention (person_id, at_ms) WHERE settled IS NULL;
  `,
}
