import { vi } from 'vitest'
import { stubFetch, stubResizeObserver } from '../ui/testing.ts'

/** What jsdom lacks of a window: without it no screen mounts. Undone by `vi.unstubAllGlobals`. */
export function stubWindow(): void {
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }))
  stubResizeObserver()
  stubFetch()
  Element.prototype.scrollIntoView = () => undefined
  Element.prototype.scrollTo = () => undefined
}
