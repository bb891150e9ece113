import type { Migration } from './migration.ts'

export const attention: Migration = {
  version: 7,
  name: 'attention',
  up: `
    -- What the server did not do as its author wanted: refused, parked, or kept as what they would have done ('lost').
    -- A row is never deleted: a person settles it, and the row then says how, why, and what took its place.
    CREATE TABLE attention_7 (
      mutation_id   TEXT PRIMARY KEY,
      person_id     TEXT NOT NULL,
      name          TEXT NOT NULL,
      args          TEXT NOT NULL,
      status        TEXT NOT NULL CHECK (status IN ('rejected', 'parked', 'lost')),
      code          TEXT,
      at_ms         INTEGER NOT NULL,
      settled       TEXT CHECK (settled IN ('retried', 'discarded')),
      settled_at_ms INTEGER,
      reason        TEXT,
      replaced_by   TEXT UNIQUE,
      CHECK ((settled IS NULL) = (settled_at_ms IS NULL)),
      CHECK ((settled IS 'discarded') = (reason IS NOT NULL)),
      CHECK ((settled IS 'retried') = (replaced_by IS NOT NULL))
    ) STRICT;
    INSERT INTO attention_7 (mutation_id, person_id, name, args, status, code, at_ms)
      SELECT mutation_id, person_id, name, args, status, code, at_ms FROM attention;
    DROP TABLE attention;
    ALTER TABLE attention_7 RENAME TO attention;
    CREATE INDEX attention_open ON attention (person_id, at_ms) WHERE settled IS NULL;
  `,
}
