/** Where photos come from, per host: the desktop app has a protocol of its own for them. */
type PolicyOptions = { readonly photoSource: string; readonly eventSource: string }

/** The window's content policy: only what the app itself ships runs; nothing inline, nothing from elsewhere. */
export function contentPolicy({ photoSource, eventSource }: PolicyOptions): string {
  return [
    "default-src 'none'",
    // Photos are lined up by OpenCV in WebAssembly: compiling that is all that is allowed, not `eval`.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    `img-src 'self' blob: ${photoSource}`,
    `connect-src 'self' ${photoSource} ${eventSource}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]
    .map((directive) => directive.trimEnd().replaceAll(/ {2,}/g, ' '))
    .join('; ')
}

/** Headers of every answer to a window, whatever its kind. */
export const WINDOW_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const
