import * as fc from 'fast-check'
import type { RouteSpec } from '../../contract/api/route.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'

export const brokenWord = fc.oneof(
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

const cursor = fc
  .constantFrom('', '1', '.', '1.', '.1', '-1.0', '1.-1', '1e3.0', '1.1.1', '1.1%00', '0x1.1', ' 1.1')
  .map((value) => `cursor=${value}`)
const number = fc.constantFrom('0', '-1', '1.5', '1e9', 'NaN', 'Infinity', '9'.repeat(400), '[]', '5001')
const twice = ['limit=1&limit=2', 'cursor=1.1&cursor=1.2', 'limit[]=1', '__proto__[x]=1', 'constructor=1', 'x=1']
const ofOtherRoutes = [
  'before=%00',
  'after=%00',
  'day=2024-02-30',
  'day=x',
  'before=1',
  'before=-5',
  'state=x',
  '%00=%00',
]
/** Positions that read well and that no feed has reached. */
const nowhere = ['0.1', '7.1', '999999999.999999999999999', '1.999999999999999']

const anyRoute = fc.oneof(
  cursor,
  fc.constantFrom(...nowhere).map((value) => `cursor=${value}`),
  number.map((value) => `limit=${value}`),
  fc.constantFrom(...twice),
  fc.constantFrom(...ofOtherRoutes),
  brokenWord.map((word) => `${word}=1`),
)

const P = PROTOCOL_VERSION
const protocol = fc.constantFrom('0', '-1', '1', String(P + 1), '1e9', '1.5', 'x', '', '%00', `${P}&protocol=${P}`)

/** Queries of the routes that a workstation names its protocol to: only one thing is wrong with each. */
function ofSync(path: string): fc.Arbitrary<string> {
  const said = `protocol=${P}`
  if (path.endsWith('/bootstrap')) {
    const entity = fc.constantFrom('', 'tooth', '__proto__', 'constructor', 'Patient', 'audit_entry', 'patient%00')
    return fc.oneof(
      protocol.map((value) => `entity=patient&protocol=${value}`),
      entity.map((value) => `entity=${value}&${said}`),
      fc.oneof(brokenWord, fc.constantFrom('', '0', '1.1')).map((value) => `entity=read&after=${value}&${said}`),
      number.map((value) => `entity=read&limit=${value}&${said}`),
      fc.constantFrom(said, `entity=read&entity=read&${said}`, `entity=read&${said}&compression=zstd`),
    )
  }
  return fc.oneof(
    protocol.map((value) => `cursor=0.0&protocol=${value}`),
    cursor.map((value) => `${value}&${said}`),
    fc.constantFrom(...nowhere).map((value) => `cursor=${value}&${said}`),
    fc.constantFrom(said, `cursor=0.0&cursor=0.0&${said}`, `cursor=0.0&${said}&practice=1`),
  )
}

/** What follows the `?`, none of which may be answered. */
export function brokenQuery(spec: RouteSpec): fc.Arbitrary<string> {
  const general = anyRoute.filter((query) => isMalformedQuery(spec, query))
  return spec.protocolIn === 'query' ? fc.oneof(general, ofSync(spec.path), ofSync(spec.path)) : general
}

/** A cursor that reads well but names no position is refused by the feed, not by its schema. */
function isMalformedQuery(spec: RouteSpec, query: string): boolean {
  if (/cursor=\d+\.\d+$/.test(query) || query.includes('%00')) return true
  const fields = Object.fromEntries(new URLSearchParams(query))
  return /=.*=/.test(query) || spec.query?.safeParse(fields).success === false
}
