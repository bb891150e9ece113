import { vi } from 'vitest'

/** What jsdom lacks of a window: without it no screen mounts. Undone by `vi.unstubAllGlobals`. */
export function stubWindow(): void {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  Element.prototype.scrollIntoView = () => undefined
  Element.prototype.scrollTo = () => undefined
}
