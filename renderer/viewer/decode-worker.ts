import { type DecodeAnswer, type DecodeQuestion } from './decode-pool.ts'
import { decodeBitmap } from './decode.ts'

/** Entry of a decode worker: answers each question once, in its own time. */
self.addEventListener('message', (event: MessageEvent<DecodeQuestion>) => {
  const { id, bytes, size } = event.data
  decodeBitmap(bytes, size).then(
    (bitmap) => answer({ id, bitmap }, [bitmap]),
    // The bytes are no photo; which words fit is the screen's business.
    () => answer({ id, bitmap: null }, []),
  )
})

function answer(body: DecodeAnswer, transfer: Transferable[]) {
  self.postMessage(body, { transfer })
}
