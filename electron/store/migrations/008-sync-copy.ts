import type { Migration } from './migration.ts'

export const syncCopy: Migration = {
  version: 8,
  name: 'sync-copy',
  up: `
    -- The feed position that made the row what it is; 0 for rows of before, which the next copy brings again.
    ALTER TABLE practice ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE person   ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE patient  ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE session  ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE read     ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE action   ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;

    -- What the queue shows of the scan, as JSON; empty until the row comes again.
    ALTER TABLE session ADD COLUMN brief TEXT NOT NULL DEFAULT '';

    -- Rows that the running copy did not bring: they go when it is complete, unless the feed has brought them since.
    CREATE TABLE copy_unseen (
      entity TEXT NOT NULL,
      id     TEXT NOT NULL,
      PRIMARY KEY (entity, id)
    ) STRICT, WITHOUT ROWID;

    -- Patients whose queue rows are made anew in small steps after a change too large for one.
    CREATE TABLE queue_stale (patient_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    -- Words for a withdrawn scan that somebody's unsent or refused change is about.
    CREATE TABLE withdrawn_scan (session_id TEXT PRIMARY KEY, label TEXT NOT NULL) STRICT, WITHOUT ROWID;

    -- Which scans hold a photo, by the first 16 digits of its hash: the only photos that may be asked for. What else is
    -- known of a photo stands in its scan; a row for each size cost more than the scan itself.
    CREATE TABLE session_photo (
      photo      TEXT NOT NULL,
      session_id TEXT NOT NULL,
      PRIMARY KEY (photo, session_id)
    ) STRICT, WITHOUT ROWID;
    INSERT OR IGNORE INTO session_photo (photo, session_id)
      SELECT substr(image.value ->> '$.photo.hash', 1, 16), session.id
      FROM session, json_each(session.body, '$.images') AS image
      WHERE image.value ->> '$.photo.hash' IS NOT NULL;
    DROP TABLE known_photo;

    -- A store of before takes one fresh copy; its rows stay in view meanwhile.
    UPDATE sync_state
      SET value = json_set(value, '$.epoch', 0, '$.seq', 0, '$.bootstrapping', json('true'),
                           '$.generation', (value ->> '$.generation') + 1)
      WHERE name = 'position';
  `,
}
