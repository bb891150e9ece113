import http from 'node:http'
import https from 'node:https'
import type { Transport } from '../contract/api/call.ts'
import { AppError } from '../contract/errors.ts'

export type HttpAnswer = { readonly status: number; readonly text: string; readonly etag?: string | undefined }
export type HttpClient = {
  /** Calls of the API, with the intake key. @throws AppError `server.unreachable` when no answer came */
  readonly call: Transport
  /** PUT to a presigned address, which may belong to another host: the key is never sent there. */
  put(url: string, headers: Readonly<Record<string, string>>, bytes: Uint8Array): Promise<HttpAnswer>
  close(): void
}

/** A silent connection is given up after this long; every request of the intake is safe to repeat. */
const IDLE_MS = 30_000
const MAX_ANSWER_BYTES = 4 * 1024 * 1024

/** Keep-alive connections that trust `ca` alone for the server; other hosts (object storage) by the system's list. */
export function createHttpClient(options: { serverUrl: URL; key: string; ca: string | undefined }): HttpClient {
  const agent = { keepAlive: true, maxSockets: 8 }
  const server = new https.Agent({
    ...agent,
    minVersion: 'TLSv1.3',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  const elsewhere = new https.Agent(agent)
  const plain = new http.Agent(agent)
  const authorization = `Intake ${options.key}`

  return {
    call: ({ method, path, body }) => {
      const headers = {
        authorization,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      }
      return send(
        new URL(path, options.serverUrl),
        server,
        { method, headers },
        body === undefined ? undefined : Buffer.from(body),
      )
    },
    put(address, headers, bytes) {
      const url = new URL(address, options.serverUrl)
      if (url.origin === options.serverUrl.origin) return send(url, server, { method: 'PUT', headers }, bytes)
      if (url.protocol === 'https:') return send(url, elsewhere, { method: 'PUT', headers }, bytes)
      // Plain HTTP exists for an object store on this very machine (tests, a trial), and for nothing else.
      if (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname))
        return send(url, plain, { method: 'PUT', headers }, bytes)
      throw new AppError('upload.signature', { protocol: url.protocol })
    },
    close() {
      for (const each of [server, elsewhere, plain]) each.destroy()
    },
  }
}

function send(
  url: URL,
  agent: http.Agent,
  options: { method: string; headers: Readonly<Record<string, string>> },
  body: Uint8Array | undefined,
): Promise<HttpAnswer> {
  const request = url.protocol === 'http:' ? http.request : https.request
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) => reject(new AppError('server.unreachable', {}, { cause }))
    const length = body === undefined ? {} : { 'content-length': String(body.length) }
    const sent = request(
      url,
      { agent, method: options.method, headers: { ...options.headers, ...length } },
      (answer) => {
        const chunks: Buffer[] = []
        let bytes = 0
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
          bytes += chunk.length
          if (bytes > MAX_ANSWER_BYTES) answer.destroy(new Error('Answer too large'))
        })
        answer.on('error', fail)
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(chunks).toString('utf8'),
            etag: answer.headers.etag,
          }),
        )
      },
    )
    sent.setTimeout(IDLE_MS, () => sent.destroy(new Error('No answer')))
    sent.on('error', fail)
    sent.end(body)
  })
}
