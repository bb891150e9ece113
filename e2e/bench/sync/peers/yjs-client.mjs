import { createRequire } from 'node:module'
import { WebSocket } from 'ws'
import { answer, arrivals, nowMs } from './ask.mjs'

const require = createRequire(import.meta.url)
const Y = require('yjs')
const { WebsocketProvider } = require('y-websocket')
const { LeveldbPersistence } = require('y-leveldb')

const here = arrivals()
let doc
let provider
answer({
  async bootstrap({ url, dir }) {
    doc = new Y.Doc()
    const disk = new LeveldbPersistence(`${dir}/local`)
    provider = new WebsocketProvider(url, 'practice', doc, { WebSocketPolyfill: WebSocket, disableBc: true })
    await new Promise((resolve) => provider.once('sync', resolve))
    await disk.storeUpdate('practice', Y.encodeStateAsUpdate(doc))
    return { rows: doc.getMap('rows').size }
  },
  write({ ids }) {
    provider.disconnect()
    for (const id of ids) doc.getMap('values').set(id, 1)
  },
  push() {
    provider.connect()
    return { unacknowledged: true }
  },
  follow() {
    doc.getMap('values').observe((event) => {
      for (const id of event.keysChanged) here.see(id, doc.getMap('values').get(id))
    })
  },
  await: ({ row, value }) => here.wait(row, value),
  change({ row, value }) {
    const atMs = nowMs()
    doc.getMap('values').set(row, value)
    return { atMs }
  },
})
