import { connect, createServer, type Server, type Socket } from 'node:net'
import { once } from 'node:events'

/** A cable between a workstation and the server that a test can pull out and plug in again. */
export type Cable = { readonly port: number; cut(): void; restore(): void; close(): Promise<void> }

export async function layCable(targetPort: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  const state = { whole: true }
  const server = createServer((near) => {
    if (!state.whole) return void near.destroy()
    const far = connect(targetPort, '127.0.0.1')
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    state.whole = false
    for (const socket of sockets) socket.destroy()
  }
  return { port: portOf(server), cut, restore: () => void (state.whole = true), close: () => closeAll(server, cut) }
}

async function closeAll(server: Server, cut: () => void): Promise<void> {
  cut()
  server.close()
  await once(server, 'close')
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return address.port
}
