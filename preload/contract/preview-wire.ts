/** JSON has no bytes: in the preview's calls a `Uint8Array` travels as `{ "$base64": "..." }`. */
const TAG = '$base64'

/** @param toBase64 the host's own encoder: a contract has neither Node nor a browser at hand */
export function toWire(value: unknown, toBase64: (bytes: Uint8Array) => string): string {
  return JSON.stringify(value, (_key, part: unknown) => (part instanceof Uint8Array ? { [TAG]: toBase64(part) } : part))
}

/** Puts bytes back where the tag stands; everything else passes as it is. */
export function fromWire(value: unknown, fromBase64: (text: string) => Uint8Array): unknown {
  if (Array.isArray(value)) return value.map((part) => fromWire(part, fromBase64))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first?.[0] === TAG && typeof first[1] === 'string') return fromBase64(first[1])
  return Object.fromEntries(entries.map(([key, part]) => [key, fromWire(part, fromBase64)]))
}
