import { createServer } from 'node:http'
import { answer, readRows } from './ask.mjs'

/** RxDB brings no server of its own that speaks this version: the HTTP replication of its manual, rows in memory. */
answer({
  async start({ rows }) {
    const byId = new Map()
    const log = []
    const streams = new Set()
    const save = (doc) => {
      byId.set(doc.id, log.push(doc) - 1)
      return log.length
    }
    for await (const { id, body } of readRows(rows)) save({ id, body: JSON.stringify(body), benchValue: 0 })
    const server = createServer(async (request, response) => {
      const url = new URL(request.url, 'http://server')
      if (url.pathname === '/stream') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
        streams.add(response)
        return void request.on('close', () => streams.delete(response))
      }
      response.setHeader('content-type', 'application/json')
      if (url.pathname === '/pull') {
        const [from, limit] = ['from', 'limit'].map((name) => Number(url.searchParams.get(name)))
        const documents = log.slice(from, from + limit)
        return void response.end(JSON.stringify({ documents, checkpoint: { from: from + documents.length } }))
      }
      let text = ''
      for await (const part of request) text += part
      const documents = JSON.parse(text).map(({ newDocumentState: { _deleted, ...doc } }) => doc)
      for (const doc of documents) save(doc)
      response.end('[]')
      const event = `data: ${JSON.stringify({ documents, checkpoint: { from: log.length } })}\n\n`
      for (const stream of streams) stream.write(event)
    })
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    return { url: `http://127.0.0.1:${server.address().port}` }
  },
})
