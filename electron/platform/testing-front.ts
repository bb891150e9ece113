import { connect, createServer, type Socket } from 'node:net'

/** What stands between a workstation and its server, and misbehaves when told to. Bytes pass as they are: TLS is end to end. */
export async function startFront(serverUrl: string) {
  const port = Number(new URL(serverUrl).port)
  const state = { mode: 'pass' as Mode }
  const pairs = new Set<readonly [Socket, Socket]>()
  const listener = createServer({ allowHalfOpen: true }, (inner) => {
    if (state.mode === 'half-close') inner.end() // and whatever is sent on it is read by nobody
    if (state.mode !== 'pass') return track([inner, inner])
    const outer = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    track([inner, outer])
    const forward = (from: Socket, to: Socket) => {
      from.on('data', (bytes: Buffer) => state.mode === 'pass' && to.write(bytes))
      from.on('end', () => state.mode === 'pass' && to.end())
      from.on('close', () => to.destroy())
    }
    forward(inner, outer)
    forward(outer, inner)
  })
  const track = (pair: readonly [Socket, Socket]) => {
    pairs.add(pair)
    for (const socket of pair) socket.on('error', () => socket.destroy()).on('close', () => pairs.delete(pair))
  }
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `https://127.0.0.1:${address.port}`,
    /**
     * - `mute`: connections are taken, also new ones, and nothing passes in either direction
     * - `pass`: as it should; connections from before are broken off
     * - `half-close`: new connections are ended from the far side at once, open ones now
     */
    behave: (mode: Mode) => {
      state.mode = mode
      if (mode === 'half-close') for (const [inner] of pairs) inner.end()
      if (mode === 'pass') for (const pair of pairs) for (const socket of pair) socket.destroy()
    },
    stop: () => {
      for (const pair of pairs) for (const socket of pair) socket.destroy()
      listener.close()
    },
  }
}
type Mode = 'pass' | 'mute' | 'half-close'
