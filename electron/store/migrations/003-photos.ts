import type { Migration } from './migration.ts'

export const photos: Migration = {
  version: 3,
  name: 'photos',
  up: `
    -- What may be asked for, and the hash its bytes must have.
    CREATE TABLE known_photo (
      hash   TEXT NOT NULL,
      size   TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      bytes  INTEGER NOT NULL,
      media_type TEXT NOT NULL,
      PRIMARY KEY (hash, size)
    ) STRICT, WITHOUT ROWID;

    -- Prefetch list: rank 0 thumbnails, 1 review size; need_ms is when the session was submitted.
    CREATE TABLE wanted_photo (
      hash        TEXT NOT NULL,
      size        TEXT NOT NULL,
      rank        INTEGER NOT NULL,
      need_ms     INTEGER NOT NULL,
      retry_at_ms INTEGER NOT NULL DEFAULT 0,
      tries       INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (hash, size)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX wanted_photo_by_need ON wanted_photo (rank, need_ms DESC);

    -- Files that are whole on disk. evict: the higher, the sooner it may go.
    CREATE TABLE cached_photo (
      hash       TEXT NOT NULL,
      size       TEXT NOT NULL,
      bytes      INTEGER NOT NULL,
      evict      INTEGER NOT NULL,
      used_at_ms INTEGER NOT NULL,
      PRIMARY KEY (hash, size)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX cached_photo_by_evict ON cached_photo (evict DESC, used_at_ms);
  `,
}
