import { registerHooks } from 'node:module'

export type Substitution = {
  /** A bare specifier (`uuid`), or the address of a source file. */
  readonly of: string
  /** Address of the module that takes its place; what it imports itself is the real one. */
  readonly by: string
}

/** Call before anything that imports them is loaded: one module of the product, or of npm, is replaced by another. */
export function substituteModules(substitutions: readonly Substitution[]): void {
  const byTarget = new Map(substitutions.map(({ of, by }) => [of, by]))
  registerHooks({
    resolve: (specifier, context, next) => {
      const parent = context.parentURL ?? ''
      if (parent.includes('/node_modules/')) return next(specifier, context)
      const bare = byTarget.get(specifier)
      if (bare !== undefined && bare !== parent) return { url: bare, shortCircuit: true }
      const found = next(specifier, context)
      const by = byTarget.get(found.url)
      return by === undefined || by === parent ? found : { ...found, url: by, shortCircuit: true }
    },
  })
}
