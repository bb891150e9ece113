import PouchDB from 'pouchdb'
import { answer, arrivals, nowMs } from './ask.mjs'

const here = arrivals()
let local
let remote
answer({
  async bootstrap({ url, dir }) {
    local = new PouchDB(`${dir}/local`)
    remote = url
    await local.replicate.from(remote, { batch_size: 1000, batches_limit: 10 })
    return { rows: (await local.info()).doc_count }
  },
  async write({ ids }) {
    for (const id of ids) await local.put({ ...(await local.get(id)), benchValue: 1 })
  },
  async push() {
    await local.replicate.to(remote, { batch_size: 1000 })
  },
  follow() {
    local.sync(remote, { live: true, retry: true, batch_size: 1000 })
    local
      .changes({ live: true, since: 'now', include_docs: true })
      .on('change', ({ id, doc }) => here.see(id, doc.benchValue))
  },
  await: ({ row, value }) => here.wait(row, value),
  async change({ row, value }) {
    const doc = await local.get(row)
    const atMs = nowMs()
    await local.put({ ...doc, benchValue: value })
    return { atMs }
  },
})
