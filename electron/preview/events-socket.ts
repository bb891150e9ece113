import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { PREVIEW_PATHS } from '../../preload/contract/channels.ts'
import type { DataProcess } from '../ipc/data-process.ts'
import type { Gate } from './gate.ts'

/** A window says nothing on this socket; what little a client may send is thrown away. */
const LARGEST_MESSAGE_BYTES = 1024

/** Announces the data process's events to every open window. @returns closes the sockets. */
export function attachEvents(server: Server, gate: Gate, data: DataProcess): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES })
  const unsubscribe = data.onEvent((name, body) => {
    const message = JSON.stringify({ name, body })
    for (const socket of sockets.clients) socket.send(message)
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const isEvents = request.url === PREVIEW_PATHS.events
    if (!isEvents || gate.admit(request).kind !== 'in') return refuse(stream)
    sockets.handleUpgrade(request, stream, head, (socket: WebSocket) => socket.on('error', () => socket.terminate()))
  })
  return () => {
    unsubscribe()
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

function refuse(stream: Duplex): void {
  stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}
