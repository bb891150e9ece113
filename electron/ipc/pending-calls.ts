import type { FromData, ToData } from '../data/protocol.ts'

export type Asked = Extract<ToData, { readonly id: number }>
export type Answer = Extract<FromData, { readonly id: number }>
type Waiting = { readonly resolve: (answer: Answer) => void; readonly reject: (cause: Error) => void }

/** Questions under way, by request id. Ids are never reused, so a late answer of a dead process finds nobody. */
export function createPendingCalls() {
  const waiting = new Map<number, Waiting>()
  const ids = { last: 0 }
  return {
    ask(send: (id: number) => void): Promise<Answer> {
      const id = ++ids.last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        send(id)
      })
    },
    answer(answer: Answer): void {
      waiting.get(answer.id)?.resolve(answer)
      waiting.delete(answer.id)
    },
    rejectAll(cause: () => Error): void {
      const rejected = [...waiting.values()]
      waiting.clear()
      for (const { reject } of rejected) reject(cause())
    },
    count: () => waiting.size,
  }
}
