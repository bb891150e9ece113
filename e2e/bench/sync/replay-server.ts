import { once } from 'node:events'
import { type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { callOf } from '../../../server/contract/api/call.ts'
import { getDemoTls } from '../../../server/platform/secrets/demo-tls.ts'
import { answer } from './peers/ask.mjs'

const Of = z.looseObject({ url: z.string(), ca: z.string() })
const PAGES = callOf('sync.bootstrap', { query: { entity: 'person', limit: 1, protocol: 1 } }).path.split('?')[0] ?? ''

type Kept = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

/**
 * Stands for a server on a computer of its own: the first copy's pages come from the real one and are kept as the bytes
 * they were, and whoever copies after that gets those, over TLS as before. Everything else is passed on.
 */
answer({
  async start({ of, dir }: { of: string; dir: string }) {
    const address = Of.parse(JSON.parse(of))
    const upstream = { base: address.url, ca: readFileSync(address.ca) }
    const tls = await getDemoTls(path.join(dir, 'tls'), Date.now())
    const kept = new Map<string, Promise<Kept>>()
    const find = (asked: IncomingMessage): Promise<Kept> => {
      const url = asked.url ?? '/'
      if (asked.method !== 'GET' || !url.startsWith(PAGES)) return pass(upstream, asked)
      const page = kept.get(url) ?? pass(upstream, asked)
      kept.set(url, page)
      return page
    }
    const server = createServer({ key: tls.key, cert: tls.cert }, (asked, given) => {
      find(asked).then(
        (found) => reply(given, found),
        () => given.destroy(),
      )
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo // listening on TCP
    process.once('SIGTERM', () => process.exit(0))
    return { url: JSON.stringify({ ...address, url: `https://127.0.0.1:${port}`, ca: tls.caPath }) }
  },
})

function reply(given: ServerResponse, { status, headers, body }: Kept): void {
  const { connection: _, 'transfer-encoding': __, 'keep-alive': ___, ...rest } = headers
  given.writeHead(status, { ...rest, 'content-length': body.length }).end(body)
}

async function pass(upstream: { base: string; ca: Buffer }, asked: IncomingMessage): Promise<Kept> {
  const { host: _, connection: __, ...headers } = asked.headers
  const sent = request(new URL(asked.url ?? '/', upstream.base), { method: asked.method, headers, ca: upstream.ca })
  asked.pipe(sent)
  const [given] = (await once(sent, 'response')) as [IncomingMessage]
  const parts: Buffer[] = []
  for await (const part of given) parts.push(part as Buffer)
  return { status: given.statusCode ?? 502, headers: given.headers, body: Buffer.concat(parts) }
}
