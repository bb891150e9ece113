import { z } from 'zod'
import { ErrorBody } from '../../contract/api/call.ts'
import type { RouteSpec } from '../../contract/api/route.ts'
import { ROUTES } from '../../contract/api/routes.ts'
import { PROTOCOL_VERSION } from '../../contract/protocol-version.ts'
import { rawPaths } from './raw-paths.ts'

type Json = { readonly [key: string]: unknown }
type Paths = Record<string, Record<string, Json>>

/** OpenAPI 3.1 of everything in the route table: written nowhere, derived here. */
export function openApiDocument(): Json {
  const paths: Paths = {}
  for (const [name, spec] of Object.entries<RouteSpec>(ROUTES)) {
    const path = openApiPath(spec.path)
    paths[path] = { ...paths[path], [spec.method.toLowerCase()]: operationOf(name, spec) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Loupe',
      version: `${PROTOCOL_VERSION}.0.0`,
      summary: 'Companion server of the Loupe workstation',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: [...new Set(Object.keys(ROUTES).map(tagOf))].map((name) => ({ name })),
    paths: { ...paths, ...rawPaths() },
    components: { schemas: { Error: schemaOf(ErrorBody, 'output') }, securitySchemes: SECURITY_SCHEMES },
  }
}

const SECURITY_SCHEMES: Json = {
  person: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Access token of a signed-in person (OIDC code + PKCE)',
  },
  intake: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Intake <secret>`: a key of one practice that may only send photos',
  },
}

function operationOf(name: string, spec: RouteSpec): Json {
  const parameters = [...parametersOf('path', spec.params), ...parametersOf('query', spec.query)]
  return {
    operationId: name,
    tags: [tagOf(name)],
    summary: spec.summary,
    description: `Allowed for: ${spec.who.join(', ')}.`,
    security: securityOf(spec.who),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(spec.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body, 'input') } } } }),
    responses: {
      '200': {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(spec.output, 'output') } },
      },
      default: {
        description: 'Refused or failed; `code` says why',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
      },
    },
  }
}

function securityOf(who: readonly string[]): Json[] {
  if (who.includes('public') || who.includes('presigned')) return []
  const people = who.some((word) => word !== 'intake') ? [{ person: [] }] : []
  return who.includes('intake') ? [...people, { intake: [] }] : people
}

function parametersOf(place: 'path' | 'query', schema: z.ZodType | undefined): Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>
    required?: readonly string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }))
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' })
  return rest
}

function openApiPath(path: string): string {
  return path.replace(/:([a-zA-Z]+)/g, '{$1}')
}

function tagOf(name: string): string {
  return name.split('.')[0] ?? name
}
