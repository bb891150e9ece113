import type { Migration } from './migration.ts'

export const corrected: Migration = {
  version: 15,
  name: 'corrected',
  up: `
    -- What was decided on this computer, and by whom: its author is told here when a colleague corrects it, perhaps
    -- weeks later. Ids only.
    CREATE TABLE decided_here (
      action_id   TEXT PRIMARY KEY,
      mutation_id TEXT NOT NULL,
      person_id   TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO decided_here (action_id, mutation_id, person_id)
      SELECT args ->> '$.actionId', mutation_id, person_id FROM overlay WHERE read_id IS NOT NULL;

    -- 'corrected': it stood for the patient until a colleague who settled two reads put another one in its place.
    CREATE TABLE attention_15 (
      mutation_id   TEXT PRIMARY KEY,
      person_id     TEXT NOT NULL,
      name          TEXT NOT NULL,
      args          TEXT NOT NULL,
      base          TEXT NOT NULL DEFAULT '{}',
      status        TEXT NOT NULL CHECK (status IN ('rejected', 'parked', 'lost', 'stale', 'corrected')),
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
    INSERT INTO attention_15
        (mutation_id, person_id, name, args, base, status, code, at_ms, settled, settled_at_ms, reason, replaced_by)
      SELECT mutation_id, person_id, name, args, base, status, code, at_ms, settled, settled_at_ms, reason, replaced_by
      FROM attention;
    DROP TABLE attention;
    ALTER TABLE attention_15 RENAME TO attention;
    CREATE INDEX attention_open ON attention (person_id, at_ms) WHERE settled IS NULL;
  `,
}
