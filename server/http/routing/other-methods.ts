import type { App } from '../app.ts'
import { errorBody } from '../border/error-body.ts'

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const
type Method = (typeof METHODS)[number]

/** An address that exists answers 405 with its methods to every other one. */
export function refuseOtherMethods(app: App, routes: readonly { method: Method; path: string }[]): void {
  const known = new Map<string, Set<Method>>()
  for (const route of routes) known.set(route.path, (known.get(route.path) ?? new Set()).add(route.method))
  for (const [url, allowed] of known) {
    const others = METHODS.filter((method) => !allowed.has(method))
    if (others.length === 0) continue
    app.route({
      method: others,
      url,
      exposeHeadRoute: false,
      onRequest: async (request, reply) => {
        const allow = [...allowed].join(', ')
        await reply
          .code(405)
          .header('allow', allow)
          .send(errorBody('not-found', { allow }, request.id))
      },
      handler: async () => undefined,
    })
  }
}
