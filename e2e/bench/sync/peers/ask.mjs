import { createInterface } from 'node:readline'
import { createReadStream } from 'node:fs'

/**
 * Each peer is two processes, a server and a client, that answer the bench's questions over IPC:
 * server `{do:'start', rows, dir}` -> `{url}` once every row is in it and it listens;
 * client `{do:'bootstrap', url, dir}` -> `{rows}` once every row is in its own store;
 * `{do:'write', ids}` changes those rows locally, `{do:'push'}` -> once the server has all of it;
 * `{do:'follow'}` keeps both directions open from now on; `{do:'await', row, value}` -> `{atMs}` when it is here;
 * `{do:'change', row, value}` -> `{atMs}` just before it is written locally.
 * Times are `performance.timeOrigin + performance.now()`: one clock for all processes of a machine.
 */
export function answer(handlers) {
  process.on('message', (message) => {
    Promise.resolve()
      .then(() => handlers[message.do](message))
      .then(
        (value) => process.send({ id: message.id, value: value ?? null }),
        (cause) => process.send({ id: message.id, error: String(cause?.stack ?? cause) }),
      )
  })
  process.on('disconnect', () => process.exit(0))
  process.send({ ready: true })
}

export const nowMs = () => performance.timeOrigin + performance.now()

/** The made-up rows, one JSON object `{id, body}` a line; `body` is what Loupe's own feed would carry. */
export async function* readRows(file) {
  for await (const line of createInterface({ input: createReadStream(file) })) if (line !== '') yield JSON.parse(line)
}

export async function* inBatches(rows, size) {
  let batch = []
  for await (const row of rows) {
    batch.push(row)
    if (batch.length === size) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** Settles waiters of `await` when `see(id, value)` is called for every change that arrives. */
export function arrivals() {
  const waiting = new Map()
  const seen = new Map()
  return {
    see(id, value) {
      seen.set(id, { value, atMs: nowMs() })
      const waiter = waiting.get(id)
      if (waiter?.value === value) {
        waiting.delete(id)
        waiter.resolve({ atMs: seen.get(id).atMs })
      }
    },
    wait(id, value) {
      const before = seen.get(id)
      if (before?.value === value) return { atMs: before.atMs }
      return new Promise((resolve) => waiting.set(id, { value, resolve }))
    },
  }
}
