import express from 'express'
import expressPouchDB from 'express-pouchdb'
import PouchDB from 'pouchdb'
import { answer, inBatches, readRows } from './ask.mjs'

answer({
  async start({ rows, dir }) {
    const Here = PouchDB.defaults({ prefix: `${dir}/` })
    const practice = new Here('practice')
    for await (const batch of inBatches(readRows(rows), 1000))
      await practice.bulkDocs(batch.map(({ id, body }) => ({ _id: id, ...body })))
    const app = express()
    app.use('/', expressPouchDB(Here, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: `${dir}/log.txt` }))
    const server = app.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    return { url: `http://127.0.0.1:${server.address().port}/practice` }
  },
})
