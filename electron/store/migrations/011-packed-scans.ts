import type { Migration } from './migration.ts'

export const packedScans: Migration = {
  version: 11,
  name: 'packed-scans',
  up: `
    -- A scan's text, packed (electron/store/sessions/packed-scan.ts); rows of before keep theirs until they come again.
    ALTER TABLE session ADD COLUMN packed BLOB;
  `,
}
