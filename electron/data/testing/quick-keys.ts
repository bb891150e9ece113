import { registerHooks } from 'node:module'

/**
 * Loaded before a data process by tests alone (`--import`): its passphrase becomes a key by Node's own Argon2id, which
 * Electron does not have. Neither the key nor what it costs somebody who guesses is another: `native-argon2.test.ts`.
 */
const NATIVE = new URL('./native-argon2.ts', import.meta.url).href

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@noble/hashes/argon2.js' ? { url: NATIVE, shortCircuit: true } : next(specifier, context),
})
