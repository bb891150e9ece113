import 'reflect-metadata' // @peculiar/x509 does not load without it
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

export type Handle = (
  request: { method: string; url: URL; body: unknown; headers: IncomingMessage['headers'] },
  response: ServerResponse,
) => void

/** A real HTTPS server whose answers a test decides, the wrong ones included. */
export async function startTestServer(handle: Handle, version: 'TLSv1.2' | 'TLSv1.3' = 'TLSv1.3') {
  const folder = mkdtempSync(path.join(tmpdir(), 'loupe-tls-'))
  const { cert, key } = await makeCertificate()
  const caFile = path.join(folder, 'ca.pem')
  writeFileSync(caFile, cert)
  const server = createServer({ cert, key, minVersion: version, maxVersion: version }, (request, response) => {
    let text = ''
    request.setEncoding('latin1').on('data', (part: string) => (text += part)) // bytes of photos come too
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'https://127.0.0.1')
      const isJson = request.headers['content-type'] === 'application/json'
      const body: unknown = isJson ? JSON.parse(Buffer.from(text, 'latin1').toString('utf8')) : text
      handle({ method: request.method ?? '', url, body, headers: request.headers }, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `https://127.0.0.1:${port}`,
    caFile,
    /** For upgrades to a WebSocket, and for another certificate from the next connection on. */
    server,
    stop: () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

export type CertificateWish = {
  readonly names?: readonly { readonly type: 'ip' | 'dns'; readonly value: string }[]
  /** From now. */
  readonly fromMs?: number
  readonly untilMs?: number
}
const LOOPBACK = [{ type: 'ip', value: '127.0.0.1' }] as const

/** Self-signed: the certificate is its own authority. */
export async function makeCertificate(wish: CertificateWish = {}): Promise<{ cert: string; key: string }> {
  const { names = LOOPBACK, fromMs = -3_600_000, untilMs = 86_400_000 } = wish
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const cert = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=test',
    notBefore: new Date(Date.now() + fromMs),
    notAfter: new Date(Date.now() + untilMs),
    keys,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [new BasicConstraintsExtension(true), new SubjectAlternativeNameExtension([...names])],
  })
  const key = PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return { cert: cert.toString('pem'), key }
}
