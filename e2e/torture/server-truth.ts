import { readFile } from 'node:fs/promises'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { signInAs } from '../../server/demo/testing/sign-in.ts'
import { callRoute, type Transport } from '../../server/contract/api/call.ts'
import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import { cursorOf, type FeedOp } from '../../server/contract/sync/wire.ts'
import type { MortalServer } from './mortal-server.ts'

/** The whole feed of the practice as another clinician pulls it, from the very first row. */
export async function pullFeed(server: Pick<MortalServer, 'url' | 'caFile'>, subject: string): Promise<FeedOp[]> {
  const ca = await readFile(server.caFile, 'utf8')
  const { issuer } = await callRoute(transportTo(server.url, ca), 'session.signInInfo', {})
  const { tokens } = await signInAs(issuer, subject)
  const transport = transportTo(server.url, ca, tokens.access_token)
  const ops: FeedOp[] = []
  for (let cursor = cursorOf(0, 0), more = true; more; ) {
    const page = await callRoute(transport, 'sync.pull', { query: { cursor, limit: 1000, protocol: PROTOCOL_VERSION } })
    ops.push(...page.ops)
    cursor = cursorOf(page.epoch, page.to)
    more = page.more
  }
  return ops
}

function transportTo(url: string, ca: string, token?: string): Transport {
  return async ({ method, path, body }) => {
    const answered = Promise.withResolvers<{ status: number; text: string }>()
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const sent = request(new URL(path, url), { method, ca, headers }, (response) => {
      text(response).then((read) => answered.resolve({ status: response.statusCode ?? 0, text: read }), answered.reject)
    })
    sent.on('error', answered.reject)
    sent.end(body)
    return answered.promise
  }
}
