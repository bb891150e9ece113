import { expect, it, onTestFinished } from 'vitest'
import { applyPage } from '../../sync/apply.ts'
import { write } from '../db.ts'
import { aPage, aPerson, openTestStore } from '../testing.ts'
import { listActivePeople } from './people.ts'

it('people are listed by name, without those who have left', () => {
  const store = openTestStore()
  onTestFinished(() => store.remove())
  const [zoe, emil, gone] = [aPerson('Dr Zoë Aalto'), aPerson('Émile Bauer', ['staff']), aPerson('Dr Gone')]
  const people = [zoe, { ...gone, active: false }, emil]
  const rows = people.map((body) => ({ entity: 'person' as const, id: body.id, body }))
  write(store.db, (tx) => applyPage(tx, aPage(rows)))
  expect(listActivePeople(store.db)).toEqual([zoe, emil])
})
