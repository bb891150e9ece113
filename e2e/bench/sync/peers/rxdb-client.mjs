import { get } from 'node:http'
import { createRxDatabase } from 'rxdb'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { Subject } from 'rxjs'
import { answer, arrivals, nowMs } from './ask.mjs'

/** In memory: the only unlimited storage of RxDB that is free and runs in Node. It saves nothing to disk, which favours it. */
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 60 },
    body: { type: 'string' },
    benchValue: { type: 'number' },
  },
  required: ['id', 'body'],
}
const here = arrivals()
let rows
let base
let replication
function replicate(live) {
  const stream = new Subject()
  if (live) {
    get(`${base}/stream`, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part) => {
        const events = (text + part).split('\n\n')
        text = events.pop()
        for (const event of events) {
          const { documents, checkpoint } = JSON.parse(event.slice('data: '.length))
          stream.next({ documents: documents.map((doc) => ({ ...doc, _deleted: false })), checkpoint })
        }
      })
    })
  }
  return replicateRxCollection({
    collection: rows,
    replicationIdentifier: 'bench',
    live,
    pull: {
      batchSize: 1000,
      stream$: stream.asObservable(),
      async handler(checkpoint, limit) {
        const answered = await fetch(`${base}/pull?from=${checkpoint?.from ?? 0}&limit=${limit}`)
        const { documents, checkpoint: next } = await answered.json()
        return { documents: documents.map((doc) => ({ ...doc, _deleted: false })), checkpoint: next }
      },
    },
    push: {
      batchSize: 1000,
      async handler(changes) {
        const answered = await fetch(`${base}/push`, { method: 'POST', body: JSON.stringify(changes) })
        return answered.json()
      },
    },
  })
}
answer({
  async bootstrap({ url }) {
    base = url
    const db = await createRxDatabase({ name: 'bench', storage: getRxStorageMemory() })
    ;({ rows } = await db.addCollections({ rows: { schema } }))
    replication = replicate(false)
    await replication.awaitInSync()
    return { rows: await rows.count().exec() }
  },
  async write({ ids }) {
    for (const id of ids) await (await rows.findOne(id).exec()).incrementalPatch({ benchValue: 1 })
  },
  async push() {
    await replication.cancel()
    replication = replicate(false)
    await replication.awaitInSync()
  },
  async follow() {
    await replication.cancel()
    replication = replicate(true)
    await replication.awaitInitialReplication()
    rows.$.subscribe(({ documentData }) => here.see(documentData.id, documentData.benchValue))
  },
  await: ({ row, value }) => here.wait(row, value),
  async change({ row, value }) {
    const doc = await rows.findOne(row).exec()
    const atMs = nowMs()
    await doc.incrementalPatch({ benchValue: value })
    return { atMs }
  },
})
