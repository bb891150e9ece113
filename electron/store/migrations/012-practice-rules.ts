import type { Migration } from './migration.ts'

export const practiceRules: Migration = {
  version: 12,
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

    -- A change lies on a scan (a read), on a patient (their fields), or on a row of the practice: its rules, a goal, a
    -- question. Goals are found by their patient, questions by their scan ("about").
    CREATE TABLE overlay_11 (
      mutation_id TEXT PRIMARY KEY,
      position    INTEGER NOT NULL,
      name        TEXT NOT NULL,
      session_id  TEXT,
      read_id     TEXT UNIQUE,
      patient_id  TEXT,
      entity_id   TEXT,
      about       TEXT,
      person_id   TEXT NOT NULL,
      args        TEXT NOT NULL,
      base        TEXT NOT NULL DEFAULT '{}',
      feed_seq    INTEGER,
      CHECK ((session_id IS NOT NULL) + (patient_id IS NOT NULL) + (entity_id IS NOT NULL) = 1),
      CHECK ((session_id IS NULL) = (read_id IS NULL)),
      CHECK (about IS NULL OR entity_id IS NOT NULL)
    ) STRICT;
    INSERT INTO overlay_11 (mutation_id, position, name, session_id, read_id, patient_id, person_id, args, feed_seq)
      SELECT mutation_id, position, iif(patient_id IS NULL, 'read.record', 'patient.change'), session_id, read_id,
        patient_id, person_id, args, feed_seq
      FROM overlay;
    DROP TABLE overlay;
    ALTER TABLE overlay_11 RENAME TO overlay;
    CREATE INDEX overlay_by_session ON overlay (session_id, position);
    CREATE INDEX overlay_by_patient ON overlay (patient_id, position) WHERE patient_id IS NOT NULL;
    CREATE INDEX overlay_by_entity ON overlay (entity_id, position) WHERE entity_id IS NOT NULL;
    CREATE INDEX overlay_by_about ON overlay (about, position) WHERE about IS NOT NULL;
    CREATE INDEX overlay_by_feed_seq ON overlay (feed_seq) WHERE feed_seq IS NOT NULL;

    -- What lanes are made from. "asked": open questions, "second": open second reads, both as JSON; empty for none.
    ALTER TABLE queue_row ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE queue_row ADD COLUMN asked   TEXT NOT NULL DEFAULT '';
    ALTER TABLE queue_row ADD COLUMN second  TEXT NOT NULL DEFAULT '';
    UPDATE queue_row SET missing = coalesce(json_array_length(body, '$.missing'), 0);
    DROP INDEX queue_row_order;
    CREATE INDEX queue_row_order ON queue_row
      (session_id, patient_id, name_key, search, submitted_at_ms, stage, state, flagged, first_scan, refinement,
       missing, asked, second);
    -- What the conditions of lanes ask of a patient; open goals with a day as JSON.
    CREATE TABLE queue_patient (
      patient_id TEXT PRIMARY KEY,
      status     TEXT NOT NULL,
      treatment  TEXT,
      doctor_id  TEXT,
      goals      TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO queue_patient (patient_id, status, treatment, doctor_id, goals)
      SELECT id, body ->> '$.status', body ->> '$.treatmentType', doctor_id, '[]' FROM patient;

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
