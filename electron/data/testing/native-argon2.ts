import { argon2 } from 'node:crypto'

/** What `electron/platform/key-guard.ts` uses of @noble/hashes, by Node's own Argon2id: the same key in a tenth of the time. */
type Options = { readonly m: number; readonly t: number; readonly p: number; readonly dkLen: number }

export function argon2idAsync(message: Uint8Array, nonce: Uint8Array, options: Options): Promise<Uint8Array> {
  const { m, t, p, dkLen } = options
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
  const parameters = { message, nonce, memory: m, passes: t, parallelism: p, tagLength: dkLen }
  argon2('argon2id', parameters, (cause, key) => (cause === null ? resolve(key) : reject(cause)))
  return promise
}
