import { RAW_ROUTES } from '../../contract/api/routes.ts'

type Json = { readonly [key: string]: unknown }

const failure = {
  description: 'Refused or failed; `code` says why',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
}
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
const signedParameters: readonly Json[] = [
  { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
  { name: 'expires', in: 'query', required: true, schema: { type: 'string' } },
  { name: 'signature', in: 'query', required: true, schema: { type: 'string' } },
]

/** The addresses that carry bytes or a socket: their shape is not a zod schema, so it is written here. */
export function rawPaths(): Record<string, Json> {
  return {
    [RAW_ROUTES['objects.put'].path.replace('*', '{key}')]: {
      put: {
        operationId: 'objects.put',
        tags: ['objects'],
        summary: 'Send the bytes of one photo to its presigned address, with exactly the headers that came with it',
        security: [],
        parameters: signedParameters,
        requestBody: { required: true, content: bytes },
        responses: { '200': { description: 'Stored' }, default: failure },
      },
      get: {
        operationId: 'objects.get',
        tags: ['objects'],
        summary: 'Read the bytes behind a presigned address; `Range` is understood',
        security: [],
        parameters: signedParameters,
        responses: {
          '200': { description: 'All bytes', content: bytes },
          '206': { description: 'The range asked for', content: bytes },
          default: failure,
        },
      },
    },
    [RAW_ROUTES['live.socket'].path]: {
      get: {
        operationId: 'live.socket',
        tags: ['live'],
        summary: 'WebSocket that says when something new may be pulled',
        security: [{ person: [] }],
        parameters: [{ name: 'client', in: 'query', required: false, schema: { type: 'string', format: 'uuid' } }],
        responses: { '101': { description: 'The socket is open' }, default: failure },
      },
    },
  }
}
