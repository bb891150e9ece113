import { readPixels } from '../align/read-pixels.ts'
import { checkPhoto } from './check-photo.ts'
import type { CheckAnswer, CheckQuestion } from './messages.ts'

/** Entry of the checking worker: answers each question once. */
self.addEventListener('message', (event: MessageEvent<CheckQuestion>) => {
  void answer(event.data)
})

async function answer({ id, photo, url }: CheckQuestion): Promise<void> {
  const pixels = await readPixels(url, null)
  const reply: CheckAnswer = { id, check: typeof pixels === 'string' ? pixels : checkPhoto(photo, pixels) }
  self.postMessage(reply)
}
