import type { Migration } from './migration.ts'

export const outboxSent: Migration = {
  version: 5,
  name: 'outbox-sent',
  up: `
    -- 1 once the server may have seen the change under an earlier number: it waits again, but can no longer be taken back.
    ALTER TABLE outbox ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
  `,
}
