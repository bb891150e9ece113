import type { Bridge, EventName, Reply } from './contract/ipc.ts'

export type ElectronWire = {
  invoke(name: string, input: unknown): Promise<unknown>
  /** Called once; Electron's own event object must not be passed on: it leads back to the sender. */
  listen(listener: (name: unknown, body: unknown) => void): void
}

/** The bridge over two fixed channels. Names are checked in main against the table: here they are only data. */
export function createElectronBridge(wire: ElectronWire): Bridge {
  const listeners = new Map<unknown, Set<(body: unknown) => void>>()
  wire.listen((name, body) => {
    for (const listener of listeners.get(name) ?? []) listener(body)
  })
  return {
    host: 'electron',
    call: async (name, input) => (await wire.invoke(name, input)) as Reply, // main answers nothing else
    on: (event, listener) => subscribe(listeners, event, listener),
    photoUrl: (hash, size) => `photo://cache/${encodeURIComponent(hash)}/${encodeURIComponent(size)}`,
  }
}

/** @returns a function that ends the subscription */
export function subscribe(
  listeners: Map<unknown, Set<(body: unknown) => void>>,
  event: EventName,
  listener: (body: unknown) => void,
): () => void {
  const forEvent = listeners.get(event) ?? new Set()
  listeners.set(event, forEvent.add(listener))
  return () => void forEvent.delete(listener)
}
