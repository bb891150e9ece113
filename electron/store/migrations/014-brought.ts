import type { Migration } from './migration.ts'

export const brought: Migration = {
  version: 14,
  name: 'brought',
  up: `
    -- Colleagues' unsent work that an administrator brought by file, as far as the server refused it. Not in the
    -- author's own list: their computer may be here no more, and its own answer makes that entry.
    CREATE TABLE brought_refusal (
      mutation_id   TEXT NOT NULL,
      brought_by    TEXT NOT NULL,
      author_name   TEXT NOT NULL,
      name          TEXT NOT NULL,
      args          TEXT NOT NULL,
      base          TEXT NOT NULL,
      status        TEXT NOT NULL CHECK (status IN ('rejected', 'parked')),
      code          TEXT,
      at_ms         INTEGER NOT NULL,
      settled_at_ms INTEGER,
      remark        TEXT,
      PRIMARY KEY (mutation_id, brought_by),
      CHECK ((settled_at_ms IS NULL) = (remark IS NULL))
    ) STRICT;
    CREATE INDEX brought_open ON brought_refusal (brought_by, at_ms) WHERE settled_at_ms IS NULL;
  `,
}
