import { entities } from './001-entities.ts'
import { outbox } from './002-outbox.ts'
import { photos } from './003-photos.ts'
import { imports } from './004-imports.ts'
import { outboxSent } from './005-outbox-sent.ts'
import { queueOrder } from './006-queue-order.ts'
import { attention } from './007-attention.ts'
import { syncCopy } from './008-sync-copy.ts'
import { confirmation } from './009-confirmation.ts'
import { photoUploads } from './010-photo-uploads.ts'
import { packedScans } from './011-packed-scans.ts'
import { practiceRules } from './012-practice-rules.ts'
import { grace } from './013-grace.ts'
import { brought } from './014-brought.ts'
import { corrected } from './015-corrected.ts'
import { drafts } from './016-drafts.ts'
import type { Migration } from './migration.ts'

/** In order; a released one is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  entities,
  outbox,
  photos,
  imports,
  outboxSent,
  queueOrder,
  attention,
  syncCopy,
  confirmation,
  photoUploads,
  packedScans,
  practiceRules,
  grace,
  brought,
  corrected,
  drafts,
]
