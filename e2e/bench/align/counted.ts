import type { OpenCv } from '../../../renderer/align/open-cv.ts'

type Owned = { delete: (this: Owned) => void; get?: (this: Owned, at: number) => unknown }
export type Counted = { readonly cv: OpenCv; readonly made: () => number; readonly alive: () => number }

/** OpenCV that counts what was made in its memory and not deleted: every constructor, every function that returns such. */
export function countObjects(plain: OpenCv): Counted {
  const count = { made: 0, alive: 0 }
  const watch = (value: unknown): unknown => {
    if (!isOwned(value)) return value
    count.made += 1
    count.alive += 1
    const { delete: remove, get } = value
    value.delete = () => {
      count.alive -= 1
      remove.call(value)
    }
    if (get) value.get = (at) => watch(get.call(value, at))
    return value
  }
  const wrapped = new Map<string | symbol, unknown>()
  const wrap = (target: OpenCv, name: string | symbol): unknown => {
    const value: unknown = Reflect.get(target, name)
    if (typeof value !== 'function') return value
    const known = wrapped.get(name) ?? new Proxy(value, { construct: construct(watch), apply: apply(watch) })
    wrapped.set(name, known)
    return known
  }
  return { cv: new Proxy(plain, { get: wrap }), made: () => count.made, alive: () => count.alive }
}

type Watch = (value: unknown) => unknown
type Callable = (...values: unknown[]) => unknown
// A constructor always gives an object.
const construct = (watch: Watch) => (made: object, values: unknown[]) =>
  watch(Reflect.construct(made as new () => object, values)) as object
const apply = (watch: Watch) => (called: object, self: unknown, values: unknown[]) =>
  watch(Reflect.apply(called as Callable, self, values))

function isOwned(value: unknown): value is Owned {
  return typeof value === 'object' && value !== null && 'delete' in value && typeof value.delete === 'function'
}

/** The size of OpenCV's memory: it grows and never shrinks. */
export function heapBytes(cv: OpenCv): number {
  // Not among the types that the product uses: nothing else looks at the memory itself.
  return (cv as OpenCv & { readonly HEAPU8: Uint8Array }).HEAPU8.byteLength
}
