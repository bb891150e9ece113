import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import type { RouteSpec } from '../../contract/api/route.ts'
import { RAW_ROUTES, ROUTES, type RouteName } from '../../contract/api/routes.ts'
import { PushRequest } from '../../contract/sync/wire.ts'
import { newPhoto, newRead, newSession } from '../../modules/testing.ts'
import type { HostileRequest } from './hostile-request.ts'
import { anyJsonText, brokenText, spoilt } from './hostile-json.ts'
import { type HostileWorld, newPatientFields } from './hostile-world.ts'
import { mutationOf } from './mutation-of.ts'
import { refusable } from './refusable-requests.ts'

type Json = Parameters<typeof spoilt>[0] extends fc.Arbitrary<infer J> ? J : never
type Method = HostileRequest['method']

const JSON_TYPE = { 'content-type': 'application/json' }
const TOO_LARGE = `{"x":"${'x'.repeat(1024 * 1024)}"}`

/** Everything that nobody honest sends, for every row of the route table; the sync routes most of all. */
export function hostileRequests(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const routes = Object.entries<RouteSpec>(ROUTES).map(([name, spec]) => ({ name: name as RouteName, spec }))
  const ofRoutes = (names: (name: RouteName) => boolean, weight: number) =>
    routes
      .filter(({ name }) => names(name))
      .map(({ name, spec }) => ({ weight, arbitrary: ofRoute(world, name, spec) }))
  return fc.oneof(
    ...ofRoutes((name) => name.startsWith('sync.'), 12),
    ...ofRoutes((name) => !name.startsWith('sync.'), 2),
    { weight: 8, arbitrary: refusable(world) },
    { weight: 3, arbitrary: lost },
    { weight: 3, arbitrary: toRawRoute(world) },
  )
}

function ofRoute(world: HostileWorld, name: RouteName, spec: RouteSpec): fc.Arbitrary<HostileRequest> {
  const headers = authorization(world, spec)
  const base = { method: spec.method, url: urlOf(world, name, spec), headers: { ...JSON_TYPE, ...headers } }
  const kinds: fc.Arbitrary<HostileRequest>[] = []
  if (headers['authorization'] !== undefined) kinds.push(unknownCaller(world, base), wrongCaller(world, spec, base))
  if (spec.params !== undefined) kinds.push(brokenParameter(spec, base))
  if (spec.query !== undefined) kinds.push(brokenQuery(spec, base))
  if (spec.body !== undefined) kinds.push(...brokenBodies(spec.body, validBody(world, name), base))
  if (kinds.length === 0) kinds.push(otherMethods(base))
  return fc.oneof(...kinds)
}

type Base = { readonly method: Method; readonly url: string; readonly headers: Readonly<Record<string, string>> }

function refused(base: Base, why: string, change: Partial<HostileRequest> = {}): HostileRequest {
  return { ...base, payload: base.method === 'GET' ? undefined : '{}', expected: 'refused', why, ...change }
}

function brokenBodies(schema: NonNullable<RouteSpec['body']>, valid: fc.Arbitrary<Json>, base: Base) {
  const spoiltBody = spoilt(valid)
    .filter(({ text }) => isMalformed(schema, text))
    .map(({ why, text }) => refused(base, why, { payload: text }))
  const other = anyJsonText
    .filter((text) => isMalformed(schema, text))
    .map((payload) => refused(base, 'another value', { payload }))
  const broken = brokenText(valid).map((payload) => refused(base, 'no JSON', { payload }))
  const types = fc.constantFrom(
    'text/plain',
    'text/html',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'application/octet-stream',
    'application/json/x',
    'a'.repeat(5000),
    ';',
    '',
  )
  const typed = fc.tuple(valid, types).map(([value, type]) =>
    refused(base, 'content type', {
      payload: JSON.stringify(value),
      headers: { ...base.headers, 'content-type': type },
    }),
  )
  return [spoiltBody, spoiltBody, spoiltBody, spoiltBody, other, broken, typed, rarely(base)]
}

/** Large bodies are slow to make: one in many. */
function rarely(base: Base): fc.Arbitrary<HostileRequest> {
  return fc
    .integer({ min: 0, max: 9 })
    .map((n) =>
      n === 0 ? refused(base, 'too large', { payload: TOO_LARGE }) : refused(base, 'no body', { payload: '' }),
    )
}

/** The contract itself says what is malformed; text that PostgreSQL cannot hold is so everywhere. */
export function isMalformed(schema: NonNullable<RouteSpec['body']>, text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    if (text.includes('"__proto__"') || !schema.safeParse(value).success) return true
    return schema !== PushRequest && hasUnstorableText(value) // push keeps what it cannot apply, whatever the text
  } catch {
    return true
  }
}

function hasUnstorableText(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed()
  if (value === null || typeof value !== 'object') return false
  return Object.values(value).some(hasUnstorableText)
}

function unknownCaller(world: HostileWorld, base: Base): fc.Arbitrary<HostileRequest> {
  const { authorization: _, ...without } = base.headers
  const said: fc.Arbitrary<string | string[]> = fc.oneof(
    fc.constantFrom('', ' ', 'Bearer', 'Bearer ', 'Bearer a.b.c', 'Intake x', 'Basic YTpi', 'Bearer x y', 'null'),
    fc.constantFrom(...world.badTokens).map((token) => `Bearer ${token}`),
    fc.string({ maxLength: 300 }).map((text) => `Bearer ${text}`),
    fc.string({ maxLength: 100, unit: 'binary' }).map((text) => `Intake ${text}`),
  )
  return fc.option(said, { nil: undefined }).map((value) =>
    refused(base, 'unknown caller', {
      headers: value === undefined ? without : { ...without, authorization: value },
    }),
  )
}

function wrongCaller(world: HostileWorld, spec: RouteSpec, base: Base): fc.Arbitrary<HostileRequest> {
  const who: readonly string[] = spec.who
  const others = [...world.tokens].filter(([role]) => !who.includes(role)).map(([, token]) => `Bearer ${token}`)
  if (!who.includes('intake')) others.push(`Intake ${world.intakeSecret}`)
  return fc
    .constantFrom(...others)
    .map((value) => refused(base, 'wrong role', { headers: { ...base.headers, authorization: value } }))
}

const brokenWord = fc.oneof(
  fc.constantFrom(
    '%00',
    '%',
    '%zz',
    '%ff',
    '..%2f..',
    "'%20or%201=1--",
    'null',
    'undefined',
    '-1',
    'x'.repeat(600),
    '%F0%9F',
  ),
  fc.string({ maxLength: 60, unit: 'binary', minLength: 1 }).map((text) => encodeURIComponent(text.toWellFormed())),
)

function brokenParameter(spec: RouteSpec, base: Base): fc.Arbitrary<HostileRequest> {
  return brokenWord.map((word) => refused(base, 'path parameter', { url: spec.path.replace(':id', word) }))
}

function brokenQuery(spec: RouteSpec, base: Base): fc.Arbitrary<HostileRequest> {
  const cursor = fc.constantFrom('', '1', '.', '1.', '.1', '-1.0', '1.-1', '1e3.0', '1.1.1', '1.1%00', '0x1.1', ' 1.1')
  const pairs = fc.oneof(
    cursor.map((value) => `cursor=${value}`),
    fc.constantFrom('0.1', '7.1', '999999999.999999999999999', '1.999999999999999').map((value) => `cursor=${value}`),
    fc.constantFrom('0', '-1', '1.5', '1e9', 'NaN', 'Infinity', '9'.repeat(400), '[]').map((value) => `limit=${value}`),
    fc.constantFrom('limit=1&limit=2', 'cursor=1.1&cursor=1.2', 'limit[]=1', '__proto__[x]=1', 'constructor=1', 'x=1'),
    fc.constantFrom(
      'before=%00',
      'after=%00',
      'day=2024-02-30',
      'day=x',
      'before=1',
      'before=-5',
      'state=x',
      '%00=%00',
    ),
    brokenWord.map((word) => `${word}=1`),
  )
  const { path } = spec
  return pairs
    .filter((pair) => isMalformedQuery(spec, pair))
    .map((pair) => refused(base, 'query', { url: `${path}?${pair}` }))
}

/** A cursor that reads well but names no position is refused by the feed, not by its schema. */
function isMalformedQuery(spec: RouteSpec, pair: string): boolean {
  if (/cursor=\d+\.\d+$/.test(pair) || pair.includes('%00')) return true
  const query = Object.fromEntries([...new URLSearchParams(pair)].map(([key, value]) => [key, value]))
  return /=.*=/.test(pair) || spec.query?.safeParse(query).success === false
}

function otherMethods(base: Base): fc.Arbitrary<HostileRequest> {
  return fc
    .constantFrom<Method>('POST', 'PUT', 'PATCH', 'DELETE')
    .map((method) => refused({ ...base, method }, 'another method'))
}

const lost: fc.Arbitrary<HostileRequest> = fc
  .tuple(
    fc.constantFrom<Method>('GET', 'POST', 'PATCH', 'PUT', 'DELETE'),
    brokenWord,
    fc.constantFrom('/', '/api/v1/', '/api/v2/', '//', '/api/v1/sync/'),
  )
  .map(([method, word, at]) => refused({ method, url: `${at}${word}`, headers: JSON_TYPE }, 'no such address'))

function toRawRoute(world: HostileWorld): fc.Arbitrary<HostileRequest> {
  const signed = fc.constantFrom(
    '',
    '?expires=1&signature=x',
    '?expires=NaN&signature=',
    '?expires=1&expires=2',
    '?signature=%00',
  )
  const key = fc.oneof(
    brokenWord,
    fc.constantFrom('a', '../../etc/passwd', 'x/y/z'),
    fc.constant(world.session.sessionId),
  )
  const headers = fc.constantFrom<Record<string, string>>(
    {},
    { 'if-none-match': '*', 'x-loupe-sha256': 'a'.repeat(64) },
    { range: 'bytes=9-1' },
  )
  return fc
    .record({ method: fc.constantFrom<'GET' | 'PUT'>('GET', 'PUT'), key, signed, headers })
    .map(({ method, key: word, signed: query, headers: sent }) => {
      const url = `${RAW_ROUTES['objects.put'].path.replace('*', word)}${query}`
      return refused({ method, url, headers: { ...JSON_TYPE, ...sent } }, 'unsigned address', {
        payload: method === 'PUT' ? 'x' : undefined,
      })
    })
}

function authorization(world: HostileWorld, spec: RouteSpec): Record<string, string> {
  const who: readonly string[] = spec.who
  const [role] = [...world.tokens].filter(([name]) => who.includes(name))
  if (role !== undefined) return { authorization: `Bearer ${role[1]}` }
  return who.includes('intake') ? { authorization: `Intake ${world.intakeSecret}` } : {}
}

function urlOf(world: HostileWorld, name: RouteName, spec: RouteSpec): string {
  const id = name.startsWith('patients.') ? world.patient.id : world.session.sessionId
  return spec.path.replace(':id', id)
}

/** A request of this route that would be taken, made anew each time. */
function validBody(world: HostileWorld, name: RouteName): fc.Arbitrary<Json> {
  const make: Partial<Record<RouteName, () => unknown>> = {
    'scans.uploadUrl': () => ({ hash: newPhoto().hash, bytes: 41, mediaType: 'image/jpeg' }),
    'scans.createSession': () => newSession([newPhoto(), newPhoto()]),
    'scans.tag': () => newRead(world.session.sessionId),
    'patients.create': () => ({ ...newPatientFields(), id: uuidV7() }),
    'patients.change': () => ({ baseRevision: 1, set: { givenName: 'B', currentStage: 4 } }),
    'photos.downloadUrls': () => ({ photos: [{ hash: world.session.images[0]?.hash, size: '512' }] }),
    'sync.push': () => ({
      ...world.pushed,
      clientId: uuidV7(),
      mutations: [mutationOf(1, newRead(world.session.sessionId)), mutationOf(2, newRead(world.session.sessionId))],
    }),
    'intakeKeys.create': () => ({ label: 'front desk' }),
  }
  const made = make[name]
  if (made === undefined) throw new Error(`No valid body is known for ${name}: add one, or its route is never tried`)
  return fc.constant(null).map(() => made() as Json) // each of them is plain JSON
}
