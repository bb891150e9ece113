import { afterEach, beforeEach, expect, it } from 'vitest'
import { StorageUsage } from '../../../preload/contract/storage.ts'
import { write } from '../db.ts'
import { saveStaged } from '../imports/imports.ts'
import { dropCached, markCached } from '../photos/cached.ts'
import { openTestStore } from '../testing.ts'
import { getPhotoBudget, photoBudgetBytes, savePhotoBudget } from './photo-budget.ts'
import { describeUsage } from './usage.ts'

const DISK = { storeBytes: 4096, freeBytes: 7 }
let store: ReturnType<typeof openTestStore>
beforeEach(() => {
  store = openTestStore()
})
afterEach(() => store.remove())

it('counts photos by what they are for, and unsent ones apart', () => {
  write(store.db, (tx) => {
    markCached(tx, { hash: 'a', size: '512' }, 10, 1)
    markCached(tx, { hash: 'b', size: '512' }, 20, 1)
    markCached(tx, { hash: 'a', size: '2048' }, 100, 1)
    markCached(tx, { hash: 'a', size: 'original' }, 1000, 1)
    saveStaged(tx, { hash: 'c', mediaType: 'image/jpeg', bytes: 5 }, 1)
  })
  const usage = StorageUsage.parse(describeUsage(store.db, DISK))
  expect(usage.photos).toEqual([
    { kind: 'thumbnails', count: 2, bytes: 30 },
    { kind: 'review', count: 1, bytes: 100 },
    { kind: 'originals', count: 1, bytes: 1000 },
  ])
  expect(usage.unsent).toEqual({ changes: 0, photos: 1, photoBytes: 5 })
  write(store.db, (tx) => dropCached(tx, { hash: 'a', size: 'original' }))
  expect(describeUsage(store.db, DISK).photos.at(-1)).toEqual({ kind: 'originals', count: 0, bytes: 0 })
})

it('photos may take 8 GiB until a person says otherwise', () => {
  expect(getPhotoBudget(store.db)).toBe('8')
  write(store.db, (tx) => savePhotoBudget(tx, '16'))
  expect(photoBudgetBytes(store.db)).toBe(16 * 1024 ** 3)
  store.db.prepare(`UPDATE sync_state SET value = 'much' WHERE name = 'photoBudgetGib'`).run()
  expect(getPhotoBudget(store.db)).toBe('8') // nothing that the store holds makes the limit go
})
