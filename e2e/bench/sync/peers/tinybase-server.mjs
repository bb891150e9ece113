import { createMergeableStore } from 'tinybase'
import { createFilePersister } from 'tinybase/persisters/persister-file'
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server'
import { WebSocketServer } from 'ws'
import { answer, readRows } from './ask.mjs'

answer({
  async start({ rows, dir }) {
    const store = createMergeableStore()
    const bodies = []
    for await (const row of readRows(rows)) bodies.push(row)
    store.transaction(() => {
      for (const { id, body } of bodies) store.setRow('rows', id, { body: JSON.stringify(body), benchValue: 0 })
    })
    const sockets = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 2 ** 30 })
    await new Promise((resolve) => sockets.once('listening', resolve))
    createWsServer(sockets, () => createFilePersister(store, `${dir}/server.json`))
    return { url: `ws://127.0.0.1:${sockets.address().port}/practice` }
  },
})
