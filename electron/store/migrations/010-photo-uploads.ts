import type { Migration } from './migration.ts'

export const photoUploads: Migration = {
  version: 10,
  name: 'photo-uploads',
  up: `
    -- Large photos on their way in parts. A part stands here once the object store has answered with its etag.
    CREATE TABLE photo_upload (
      hash      TEXT PRIMARY KEY,
      upload_id TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE photo_upload_part (
      hash   TEXT NOT NULL,
      part   INTEGER NOT NULL,
      etag   TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      PRIMARY KEY (hash, part)
    ) STRICT, WITHOUT ROWID;
  `,
}
