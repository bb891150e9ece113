import * as fc from 'fast-check'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Path = readonly (string | number)[]

/** Stand for text that no JSON value can hold: written by `toText`. */
const MARKS: Readonly<Record<string, string>> = {
  '"@deep"': `${'['.repeat(5000)}${']'.repeat(5000)}`,
  '"@deeper"': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  '"@huge"': '1e999',
  '"@digits"': '9'.repeat(400),
  '"@nan"': 'NaN',
  '"@proto"': '"__proto__"',
}

const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<Json>(null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -(2 ** 63), '', ' ') },
  {
    weight: 3,
    arbitrary: fc.constantFrom<Json>('\0', 'a\0b', '\ud800', 'x\udfff', '\ufeff', '\u202e', 'x'.repeat(5000)),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<Json>([], {}, [[]], [null], { length: 1 }, { toString: 1 }, '[object Object]'),
  },
  { weight: 2, arbitrary: fc.constantFrom<Json>('@huge', '@digits', '@nan') },
  { weight: 1, arbitrary: fc.constantFrom<Json>('@deep', '@deeper') },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.double().map((value) => (Number.isFinite(value) ? value : '@nan')) },
)

/** Any JSON at all, where one shape is asked for. */
export const anyJsonText: fc.Arbitrary<string> = hostileValue.map(toText)

/** A valid value with one thing wrong somewhere inside. */
export function spoilt(valid: fc.Arbitrary<Json>): fc.Arbitrary<{ why: string; text: string }> {
  return fc
    .record({
      value: valid,
      at: fc.nat(),
      how: fc.constantFrom('replace', 'remove', 'add', 'proto', 'twice'),
      by: hostileValue,
    })
    .map(({ value, at, how, by }) => {
      const paths = pathsOf(value)
      const path = paths[at % paths.length] ?? []
      return { why: `${how} at ${path.join('.') || 'the top'}`, text: toText(spoilAt(value, path, how, by)) }
    })
}

/** Bytes that are no JSON. */
export function brokenText(valid: fc.Arbitrary<Json>): fc.Arbitrary<Buffer> {
  const text = valid.map((value) => JSON.stringify(value))
  return fc.oneof(
    fc.tuple(text, fc.nat()).map(([whole, at]) => Buffer.from(whole.slice(0, at % whole.length))),
    fc.tuple(text, fc.constantFrom(',', '}', ']', 'x', '\0', '"', '//', '{}')).map(([a, b]) => Buffer.from(a + b)),
    text.map((whole) => Buffer.from(whole.replaceAll('"', "'"))),
    text.map((whole) => Buffer.from(whole, 'utf16le')),
    text.map((whole) => Buffer.concat([Buffer.from(whole.slice(0, -1)), Buffer.from([0xff, 0xfe, 0xc0, 0x80])])),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.concat([Buffer.from([0x80]), bytes])),
    fc
      .constantFrom('', ' ', '[', '{', '"', 'nul', '{"a":1,}', '[1,]', '['.repeat(100_000))
      .map((raw) => Buffer.from(raw)),
  )
}

export function toText(value: Json): string {
  return Object.entries(MARKS).reduce((text, [mark, raw]) => text.replaceAll(mark, raw), JSON.stringify(value))
}

function pathsOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))]
}

function spoilAt(value: Json, path: Path, how: string, by: Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return spoil(value, how, by)
  const here = value as { readonly [key: string]: Json } // a path made from this very value
  if (how === 'remove' && rest.length === 0 && !Array.isArray(value)) {
    return Object.fromEntries(Object.entries(here).filter(([name]) => name !== key))
  }
  const child = spoilAt(here[key] ?? null, rest, how, by)
  return Array.isArray(value)
    ? (value as readonly Json[]).map((item, i) => (String(i) === key ? child : item))
    : { ...here, [key]: child }
}

function spoil(value: Json, how: string, by: Json): Json {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value)
  const fields = isObject ? Object.entries(value) : []
  if (how === 'add' && isObject) return Object.fromEntries([...fields, ['constructor', by]])
  if (how === 'proto' && isObject) return Object.fromEntries([...fields, ['@proto', { admin: true, role: by }]])
  if (how === 'twice') return [value, value]
  return by
}
