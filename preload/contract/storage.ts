import { z } from 'zod'
import { EpochMs } from '../../server/contract/domain/time.ts'
import { EntityNameSchema } from '../../server/contract/sync/entities.ts'

/** How much of the disk photos may take, in GiB. */
export const PhotoBudgetGib = z.enum(['2', '4', '8', '16', '32', '64'])
export type PhotoBudgetGib = z.infer<typeof PhotoBudgetGib>

const amount = { count: z.int().nonnegative(), bytes: z.int().nonnegative() }

/** What is kept on this computer, all of it encrypted. */
export const StorageUsage = z.strictObject({
  /** Rows of each kind: always kept, whole. */
  rows: z.array(z.strictObject({ entity: EntityNameSchema, count: z.int().nonnegative() })),
  storeBytes: z.int().nonnegative(),
  /** `thumbnails` are never evicted; then the review size of waiting scans and their priors; originals go first. */
  photos: z.array(z.strictObject({ kind: z.enum(['thumbnails', 'review', 'originals']), ...amount })),
  photoBudgetGib: PhotoBudgetGib,
  /** Unsent changes, and photos not uploaded yet: never evicted. */
  unsent: z.strictObject({
    changes: z.int().nonnegative(),
    photos: z.int().nonnegative(),
    photoBytes: z.int().nonnegative(),
  }),
  freeBytes: z.int().nonnegative(),
  /** The last comparison with the server's own figures; null before the first. */
  lastCheck: z.strictObject({ atMs: EpochMs, repaired: z.array(EntityNameSchema) }).nullable(),
})
export type StorageUsage = z.infer<typeof StorageUsage>
