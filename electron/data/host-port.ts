import type { FromData, ToData } from './protocol.ts'

export type HostPort = {
  post(message: FromData): void
  onMessage(listener: (message: ToData) => void): void
  /** The host ended without saying so: this process must not outlive it. */
  onGone(listener: () => void): void
}

type ParentPort = {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** Electron's utility process has a `parentPort`; under plain Node it is the channel of child_process. */
export function openHostPort(): HostPort {
  const { parentPort } = process as unknown as { parentPort?: ParentPort } // Electron's addition to Node's process
  if (parentPort !== undefined) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data as ToData)), // our own host
      onGone: (listener) => parentPort.on('close', listener), // Electron ends its utility processes besides
    }
  }
  return {
    post: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => {}) // a host that has gone: `onGone` follows
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToData)), // our own host
    onGone: (listener) => void process.once('disconnect', listener),
  }
}
