import { vi } from 'vitest'

/**
 * Set-up of every test file: what a test waits for may take its time on a busy machine, so only what never comes
 * fails. Vitest and Testing Library give up after a second unless they are told otherwise.
 */
const PATIENCE_MS = 20_000

type Patience = { readonly timeout?: number; readonly interval?: number }
const patient = (options: number | Patience = {}) =>
  typeof options === 'number' ? { timeout: options } : { timeout: PATIENCE_MS, ...options }

const { waitFor, waitUntil } = vi
vi.waitFor = (look, options) => waitFor(look, patient(options))
vi.waitUntil = (look, options) => waitUntil(look, patient(options))

if ('document' in globalThis) {
  const { configure } = await import('@testing-library/react')
  configure({ asyncUtilTimeout: PATIENCE_MS })
}
