import type { DecodeAnswer, DecodeOrder } from './decode-pool.ts'
import { loadBitmap } from './decode.ts'

const underWay = new Map<number, AbortController>()

/** Entry of a decode worker: answers each question once, in its own time, and a cancelled one never. */
self.addEventListener('message', ({ data }: MessageEvent<DecodeOrder>) => {
  if ('cancel' in data) return underWay.get(data.cancel)?.abort()
  const { id, url } = data
  const abort = new AbortController()
  underWay.set(id, abort)
  loadBitmap(url, abort.signal)
    .then(
      (loaded) => answer({ id, loaded }, loaded.state === 'ready' ? [loaded.pixels] : []),
      () => undefined, // cancelled: nobody listens
    )
    .finally(() => underWay.delete(id))
})

function answer(body: DecodeAnswer, transfer: Transferable[]) {
  self.postMessage(body, { transfer })
}
