import type { ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { v7 } from 'uuid'
import { WebSocketServer } from 'ws'
import type { Person } from '../../../server/contract/domain/people.ts'
import { recordRead, RecordRead } from '../../../server/contract/domain/reads.ts'
import type { ScanSession } from '../../../server/contract/domain/sessions.ts'
import { type MutationResult, PushRequest } from '../../../server/contract/sync/wire.ts'
import { answerJson, type Handle, startTestServer } from '../../platform/testing-server.ts'
import { aPage } from '../../store/testing.ts'
import { answerCopy } from '../../sync/testing.ts'

type FeedRow = Parameters<typeof aPage>[0][number]
type Push = { readonly personId: string; readonly request: PushRequest }
export type TinyPractice = Awaited<ReturnType<typeof startTinyPractice>>

/**
 * A practice's server for tests of the whole data process: its sign-in (code, PKCE not checked, refresh), feed and
 * push with the rules that hurt when broken: a client id belongs to one person, numbers have no gap, nothing twice.
 */
export async function startTinyPractice(people: readonly Person[], rows: readonly FeedRow[], sessions: ScanSession[]) {
  const keys = await generateKeyPair('ES256')
  const practice = { id: v7(), name: 'Testing Orthodontics' }
  const feed = [...rows]
  const pushes: Push[] = []
  const clients = new Map<string, { personId: string; lastSeq: number }>()
  const results = new Map<string, MutationResult>()
  const tokens = new Map<string, Person>()
  const presence: { personId: string; sessionId: string | null }[] = []
  const behave = {
    /** Answers instead of the practice when it says `true`. */
    instead: (() => false) as (...of: Parameters<Handle>) => boolean,
    tokenSeconds: 3600,
    refreshes: 0,
    /** Who the caller has become since signing in. */
    me: undefined as Person | undefined,
  }

  const grant = async (response: ServerResponse, person: Person, nonce: string | undefined) => {
    const access = `access-${v7()}`
    const refresh = `refresh-${v7()}`
    for (const token of [access, refresh]) tokens.set(token, person)
    const idToken = await new SignJWT(nonce === undefined ? {} : { nonce })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(server.url)
      .setAudience('loupe')
      .setSubject(person.id)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(keys.privateKey)
    const token_type = 'bearer'
    answerJson(response, 200, {
      access_token: access,
      refresh_token: refresh,
      id_token: idToken,
      token_type,
      expires_in: behave.tokenSeconds,
    })
  }
  const onToken = async (form: URLSearchParams, response: ServerResponse) => {
    if (form.get('grant_type') === 'refresh_token') {
      behave.refreshes += 1
      const old = form.get('refresh_token') ?? ''
      const person = tokens.get(old)
      tokens.delete(old) // rotated: used again it counts as stolen
      if (person === undefined) return answerJson(response, 400, { error: 'invalid_grant' })
      return grant(response, person, undefined)
    }
    const [personId, nonce] = (form.get('code') ?? '').split(' ')
    const person = people.find((candidate) => candidate.id === personId)
    if (person === undefined) return answerJson(response, 400, { error: 'invalid_grant' })
    return grant(response, person, nonce)
  }

  const onPush = (person: Person, body: unknown, response: ServerResponse) => {
    const request = PushRequest.parse(body)
    pushes.push({ personId: person.id, request })
    const client = clients.get(request.clientId) ?? { personId: person.id, lastSeq: 0 }
    clients.set(request.clientId, client)
    if (client.personId !== person.id) return refuse(response, 403, 'sync.client-foreign')
    for (const mutation of request.mutations) {
      if (results.has(mutation.id)) continue
      if (mutation.clientSeq !== client.lastSeq + 1) return refuse(response, 409, 'sync.gap')
      client.lastSeq = mutation.clientSeq
      const feedSeq = mutation.name === 'read.record' ? record(person, mutation.id, mutation.args) : null
      const { id, clientSeq } = mutation
      results.set(id, { id, clientSeq, status: 'applied', code: null, feedSeq })
    }
    answerJson(response, 200, { results: request.mutations.map(({ id }) => results.get(id)) })
  }
  const record = (person: Person, mutationId: string, args: unknown): number => {
    const parsed = RecordRead.parse(args)
    const session = sessions.find((candidate) => candidate.id === parsed.sessionId)
    if (session === undefined) throw new Error('no such session')
    const context = { session, reads: [], winner: undefined }
    const { read, action } = recordRead(parsed, context, { personId: person.id, nowMs: 18e11 })
    feed.push({ entity: 'read', id: read.readId, body: read, mutationId })
    feed.push({ entity: 'action', id: action.id, body: action, mutationId })
    return feed.length
  }

  const publicRoutes: Record<string, (body: unknown, response: ServerResponse) => unknown> = {
    '/api/v1/sign-in': (_body, response) =>
      answerJson(response, 200, {
        issuer: server.url,
        clientId: 'loupe',
        audience: 'https://loupe.test/api',
        scope: 'openid offline_access',
        demo: true,
      }),
    '/.well-known/openid-configuration': (_body, response) =>
      answerJson(response, 200, {
        issuer: server.url,
        authorization_endpoint: `${server.url}/authorize`,
        token_endpoint: `${server.url}/token`,
        jwks_uri: `${server.url}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
        code_challenge_methods_supported: ['S256'],
      }),
    '/jwks': async (_body, response) =>
      answerJson(response, 200, { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'ES256' }] }),
    '/token': (body, response) => onToken(new URLSearchParams(String(body)), response),
  }
  const answer: Handle = (request, response) => {
    const { pathname, searchParams } = request.url
    if (behave.instead(request, response)) return
    const route = publicRoutes[pathname]
    if (route !== undefined) return void route(request.body, response)
    const person = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''))
    if (person === undefined) return refuse(response, 401, 'auth.required')
    if (pathname === '/api/v1/me')
      return answerJson(response, 200, { person: behave.me ?? person, practice, serverTimeMs: 18e11 })
    if (pathname === '/api/v1/presence') {
      presence.push({ personId: person.id, ...(request.body as { sessionId: string | null }) })
      return answerJson(response, 200, { untilMs: null })
    }
    if (pathname === '/api/v1/sync/push') return onPush(person, request.body, response)
    if (pathname === '/api/v1/sync/bootstrap') return answerJson(response, 200, answerCopy(feed, searchParams))
    if (pathname !== '/api/v1/sync/pull') return refuse(response, 404, 'not-found')
    const after = Number((searchParams.get('cursor') ?? '0.0').split('.')[1])
    answerJson(response, 200, aPage(feed.slice(after), { from: after + 1 }))
  }

  const server = await startTestServer(answer)
  const sockets = new WebSocketServer({ noServer: true })
  const upgrades: URL[] = []
  server.server.on('upgrade', (request, socket, head) => {
    upgrades.push(new URL(request.url ?? '/', server.url))
    sockets.handleUpgrade(request, socket, head, () => {})
  })
  return {
    ...server,
    pushes,
    /** Who said to have which case open, in order. */
    presence,
    /** To every live socket. */
    tell: (message: object) => {
      for (const socket of sockets.clients) socket.send(JSON.stringify(message))
    },
    practiceId: practice.id,
    upgrades,
    behave,
    /** Reads that were applied, in order; one that was applied twice stands twice. */
    appliedReads: () => feed.filter((row) => row.entity === 'read').map((row) => row.id),
    /** To a pull that was held back. */
    answerNoNews: (response: ServerResponse) => answerJson(response, 200, aPage([], { from: feed.length + 1 })),
    /** Tokens given so far are worth nothing any more; refresh tokens still are. */
    endTokens: () => {
      for (const token of [...tokens.keys()].filter((name) => name.startsWith('access-'))) tokens.delete(token)
    },
    /** What the person does in the browser: picks who they are, and the browser comes back. */
    signIn: async (url: string, person: Person) => {
      const query = new URL(url).searchParams
      const back = new URL(query.get('redirect_uri') ?? '')
      back.searchParams.set('code', `${person.id} ${query.get('nonce') ?? ''}`)
      back.searchParams.set('state', query.get('state') ?? '')
      return (await fetch(back)).status
    },
    stop: () => {
      for (const socket of sockets.clients) socket.terminate()
      server.stop()
    },
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  answerJson(response, status, { code, detail: {} })
}
