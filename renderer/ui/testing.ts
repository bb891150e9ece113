import { vi } from 'vitest'

/** What jsdom lacks of it. Undone by `vi.unstubAllGlobals`. */
export function stubResizeObserver(): void {
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
}

/**
 * Node's `fetch` of a `data:` address that is called off at once throws where nobody can catch it. Here the answer comes,
 * and whoever asked looks at the signal then. Undone by `vi.unstubAllGlobals`.
 */
export function stubFetch(): void {
  const { fetch } = globalThis
  vi.stubGlobal('fetch', (input: RequestInfo, init?: RequestInit) => fetch(input, { ...init, signal: null }))
}
