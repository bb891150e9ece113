import path from 'node:path'

type Named = { readonly reference: string; readonly capturedOn: string }

/** DIR/<patient>/<date>: the photos of a session and their `truth.json`. */
export function sessionFolder(out: string, session: Named): string {
  return path.join(out, session.reference, session.capturedOn)
}

/** How `progress.json` and `seeded.json` name a session. */
export function sessionKey(session: Named): string {
  return `${session.reference}/${session.capturedOn}`
}
