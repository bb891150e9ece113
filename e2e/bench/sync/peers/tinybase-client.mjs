import { createMergeableStore } from 'tinybase'
import { createFilePersister } from 'tinybase/persisters/persister-file'
import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client'
import { WebSocket } from 'ws'
import { answer, arrivals, nowMs } from './ask.mjs'

const here = arrivals()
let store
let sync
let address
const connect = async () => {
  sync = await createWsSynchronizer(store, new WebSocket(address, { maxPayload: 2 ** 30 }), 60)
  await sync.startSync()
}
answer({
  async bootstrap({ url, dir }) {
    address = url
    store = createMergeableStore()
    const persister = createFilePersister(store, `${dir}/local.json`)
    await connect()
    while (store.getRowCount('rows') === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    await persister.save()
    return { rows: store.getRowCount('rows') }
  },
  async write({ ids }) {
    await sync.stopSync()
    for (const id of ids) store.setCell('rows', id, 'benchValue', 1)
  },
  /** It does not say when the server has it: done when a second store asks the server and sees it (see `await`). */
  async push() {
    await sync.startSync()
    return { unacknowledged: true }
  },
  follow() {
    store.addCellListener('rows', null, 'benchValue', (_store, _table, id, _cell, value) => here.see(id, value))
  },
  await: ({ row, value }) => here.wait(row, value),
  change({ row, value }) {
    const atMs = nowMs()
    store.setCell('rows', row, 'benchValue', value)
    return { atMs }
  },
})
