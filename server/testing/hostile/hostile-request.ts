/** One request that must change nothing, as bytes would carry it. */
export type HostileRequest = {
  /** What is wrong with it: names the case when it is not refused. */
  readonly why: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly payload: string | Buffer | undefined
  /** `unchanged`: well-formed, answered, and without effect (a redelivery, a question about another practice's photo). */
  readonly expected: 'refused' | 'unchanged'
}

/** For a failing test: everything needed to send it again, cut where it is long. */
export function describeRequest(request: HostileRequest): string {
  const body = request.payload === undefined ? '' : JSON.stringify(request.payload.toString('utf8'))
  const headers = JSON.stringify(request.headers).replace(/Bearer [\w.-]{20,}/g, 'Bearer ...')
  return `${request.why}: ${request.method} ${request.url.slice(0, 300)} ${headers.slice(0, 300)} ${body.slice(0, 600)}`
}
