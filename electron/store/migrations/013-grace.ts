import type { Migration } from './migration.ts'

export const grace: Migration = {
  version: 13,
  name: 'grace',
  up: `
    -- How long it may be taken back in all; 0 for what leaves at once. not_before_ms says until when by this computer's clock.
    ALTER TABLE outbox ADD COLUMN grace_ms INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX outbox_waiting ON outbox (person_id, not_before_ms) WHERE state = 'pending' AND not_before_ms > 0;

    -- By age, so that the oldest go when there are too many; by the earlier photo, so that a withdrawn scan's go with it.
    ALTER TABLE photo_pair ADD COLUMN saved_at_ms INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE photo_check ADD COLUMN saved_at_ms INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX photo_pair_by_age ON photo_pair (saved_at_ms) WHERE nudge IS NULL;
    CREATE INDEX photo_pair_by_prior ON photo_pair (prior);
    CREATE INDEX photo_check_by_age ON photo_check (saved_at_ms);
  `,
}
