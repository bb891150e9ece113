import { createRequire } from 'node:module'
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { answer, readRows } from './ask.mjs'

// The same copy of Yjs as the server's: two copies in one process do not mix.
const require = createRequire(import.meta.url)
const { getYDoc, setupWSConnection } = require('y-websocket/bin/utils')

answer({
  async start({ rows }) {
    const doc = getYDoc('practice')
    const map = doc.getMap('rows')
    const bodies = []
    for await (const row of readRows(rows)) bodies.push(row)
    doc.transact(() => {
      for (const { id, body } of bodies) map.set(id, JSON.stringify(body))
    })
    const server = createServer()
    const sockets = new WebSocketServer({ server, maxPayload: 2 ** 30 })
    sockets.on('connection', (socket, request) => setupWSConnection(socket, request))
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    return { url: `ws://127.0.0.1:${server.address().port}` }
  },
})
