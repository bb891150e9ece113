import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import { RAW_ROUTES } from '../../contract/api/routes.ts'
import type { App } from '../app.ts'
import { guard, type GuardPorts } from '../routing/guard.ts'
import { openApiDocument } from './document.ts'

const { 'docs.openapi': documentRoute, 'docs.page': pageRoute } = RAW_ROUTES
const ASSETS = `${pageRoute.path}/assets/`
const SERVED = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']

/** No inline script and nothing from elsewhere; the reader sets styles from script only, which needs no exception. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Loupe: API</title>
    <link rel="icon" href="${ASSETS}favicon-32x32.png">
    <link rel="stylesheet" href="${ASSETS}swagger-ui.css">
  </head>
  <body>
    <main id="reader"><noscript>This page needs JavaScript. The document itself: <a href="${documentRoute.path}">${documentRoute.path}</a></noscript></main>
    <script src="${ASSETS}swagger-ui-bundle.js"></script>
    <script src="${ASSETS}start.js"></script>
  </body>
</html>
`

const START = `SwaggerUIBundle({ url: '${documentRoute.path}', dom_id: '#reader', deepLinking: true, validatorUrl: null })\n`

/** `/api/v1/openapi.json` and a page to read it. */
export async function registerDocs(app: App, ports: GuardPorts): Promise<void> {
  const document = JSON.stringify(openApiDocument())
  await app.register(async (scope: App) => {
    scope.addHook('onRequest', async (request, reply) => {
      await guard(ports, { who: pageRoute.who, audit: null }, request, reply)
      reply.header('content-security-policy', POLICY)
    })
    scope.get(documentRoute.path, (_request, reply) => text(reply, 'application/json; charset=utf-8', document))
    scope.get(pageRoute.path, (_request, reply) => text(reply, 'text/html; charset=utf-8', PAGE))
    scope.get(`${ASSETS}start.js`, (_request, reply) => text(reply, 'text/javascript; charset=utf-8', START))
    await scope.register(fastifyStatic, {
      root: dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css'))),
      prefix: ASSETS,
      index: false,
      decorateReply: false,
      cacheControl: false,
      allowedPath: (path) => SERVED.includes(path.replace(/^\//, '')),
    })
  })
}

function text(reply: FastifyReply, type: string, body: string): FastifyReply {
  return reply.type(type).send(body)
}
