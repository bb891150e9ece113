import type { Protocol } from 'electron'
import { APP_ORIGIN } from '../../preload/contract/channels.ts'
import { contentPolicy, WINDOW_HEADERS } from '../ipc/content-policy.ts'
import type { DataProcess } from '../ipc/data-process.ts'
import { parsePhotoPath, PHOTO_CACHE_CONTROL, photoType } from '../ipc/photo-request.ts'
import { findWindowFile } from '../ipc/window-files.ts'

/** Before the app is ready: both schemes behave like https, so that content policy, fetch and workers hold for them. */
export function registerSchemes(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    { scheme: 'photo', privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true } },
  ])
}

/** The window's files and the decrypted photos. `file:` is never used. */
export function serveProtocols(
  protocol: Pick<Protocol, 'handle'>,
  rendererDir: string,
  data: Pick<DataProcess, 'photo'>,
): void {
  protocol.handle('app', (request) => answerApp(request, rendererDir))
  protocol.handle('photo', (request) => answerPhoto(request, data))
}

async function answerApp(request: Request, rendererDir: string): Promise<Response> {
  const url = new URL(request.url)
  const isOurs = request.url.startsWith(`${APP_ORIGIN}/`) && request.method === 'GET'
  const file = isOurs ? await findWindowFile(rendererDir, url.pathname) : undefined
  if (file === undefined) return new Response(null, { status: 404 })
  return new Response(new Uint8Array(file.body), {
    headers: {
      ...WINDOW_HEADERS,
      'Content-Type': file.type,
      'Content-Security-Policy': contentPolicy({ photoSource: 'photo:', eventSource: '' }),
    },
  })
}

async function answerPhoto(request: Request, data: Pick<DataProcess, 'photo'>): Promise<Response> {
  const { hostname, pathname } = new URL(request.url)
  const asked = hostname === 'cache' && request.method === 'GET' ? parsePhotoPath(pathname) : undefined
  const photo = asked === undefined ? null : await data.photo(asked)
  const headers = {
    ...WINDOW_HEADERS,
    'Cache-Control': PHOTO_CACHE_CONTROL,
    // Another scheme is another origin: without these two the window could show a photo but not decode it itself.
    'Access-Control-Allow-Origin': APP_ORIGIN,
    'Cross-Origin-Resource-Policy': 'cross-origin',
  }
  if (photo === null) return new Response(null, { status: 404, headers })
  return new Response(new Uint8Array(photo.bytes), {
    headers: { ...headers, 'Content-Type': photoType(photo.mediaType) },
  })
}
