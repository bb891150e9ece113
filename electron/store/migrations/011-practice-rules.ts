import type { Migration } from './migration.ts'

export const practiceRules: Migration = {
  version: 11,
  name: 'practice-rules',
  up: `
    CREATE TABLE practice_rules (
      id TEXT PRIMARY KEY, body TEXT NOT NULL, generation INTEGER NOT NULL, seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE goal (
      id TEXT PRIMARY KEY, patient_id TEXT NOT NULL, body TEXT NOT NULL, generation INTEGER NOT NULL,
      seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX goal_by_patient ON goal (patient_id);
    CREATE TABLE question (
      id TEXT PRIMARY KEY, session_id TEXT NOT NULL, body TEXT NOT NULL, generation INTEGER NOT NULL,
      seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX question_by_session ON question (session_id);
    CREATE TABLE second_read (
      id TEXT PRIMARY KEY, session_id TEXT NOT NULL, body TEXT NOT NULL, generation INTEGER NOT NULL,
      seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX second_read_by_session ON second_read (session_id);

    -- How a photo lies over an earlier one, by what recipe; and what a hand added. Worked out again when they are lost.
    CREATE TABLE photo_pair (
      current   TEXT NOT NULL,
      prior     TEXT NOT NULL,
      view      TEXT NOT NULL,
      alignment TEXT,
      nudge     TEXT,
      PRIMARY KEY (current, prior, view)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE photo_check (hash TEXT NOT NULL, view TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (hash, view))
      STRICT, WITHOUT ROWID;
  `,
}
