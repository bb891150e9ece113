import { readFileSync } from 'node:fs'
import path from 'node:path'
import { callRoute } from '../contract/api/call.ts'
import { AppError, type ErrorCode } from '../contract/errors.ts'
import type { HttpClient } from './http-client.ts'
import { readManifest } from './manifest.ts'
import { type PlannedSession, planSessions } from './plan.ts'
import type { Problem } from './problem.ts'
import { createLimit, type Retry, withRetry } from './retry.ts'
import { type SendContext, sendSession, type SessionOutcome } from './send-session.ts'

export type IntakeOptions = { readonly manifest: string; readonly practice: string }
export type IntakeDeps = {
  readonly client: HttpClient
  readonly retry: Retry
  /** Today where the manifest was written, `YYYY-MM-DD`: a day after it is refused. */
  readonly today: string
  readonly pollMs: number
  readonly polls: number
  onPlanned?(photoCount: number): void
  onPhoto?(): void
  onSession?(outcome: SessionOutcome): void
}
export type IntakeResult =
  | { readonly kind: 'manifest'; readonly problems: readonly Problem[] }
  /** The key belongs to another practice than the one named: its patients are not theirs. */
  | { readonly kind: 'practice'; readonly named: string; readonly keyOf: string }
  /** `code` is null when the run went through; else what ended it, with the sessions done before. */
  | {
      readonly kind: 'sent'
      readonly outcomes: readonly SessionOutcome[]
      readonly plannedCount: number
      readonly code: ErrorCode | null
    }

const UPLOADS_AT_ONCE = 4
const SESSIONS_AT_ONCE = 4

/** The whole run, for the command and for tests: reads, checks everything, then sends. */
export async function runIntake(options: IntakeOptions, deps: IntakeDeps): Promise<IntakeResult> {
  const manifest = readManifest(readFileSync(options.manifest), deps.today)
  const plan = await planSessions(manifest.rows, path.dirname(options.manifest), options.practice)
  const problems = [...manifest.problems, ...plan.problems].toSorted((a, b) => a.row - b.row)
  if (problems.length > 0) return { kind: 'manifest', problems }
  try {
    const call = () => callRoute(deps.client.call, 'session.practice', {})
    const { name } = await withRetry(deps.retry, call)
    if (name !== options.practice) return { kind: 'practice', named: options.practice, keyOf: name }
  } catch (cause) {
    return { kind: 'sent', outcomes: [], plannedCount: plan.sessions.length, code: AppError.from(cause).code }
  }
  deps.onPlanned?.(plan.sessions.reduce((sum, session) => sum + session.photos.length, 0))
  return await sendAll(plan.sessions, deps)
}

async function sendAll(sessions: readonly PlannedSession[], deps: IntakeDeps): Promise<IntakeResult> {
  const context: SendContext = {
    client: deps.client,
    retry: deps.retry,
    limit: createLimit(UPLOADS_AT_ONCE),
    pollMs: deps.pollMs,
    polls: deps.polls,
    onPhoto: () => deps.onPhoto?.(),
  }
  const outcomes: SessionOutcome[] = []
  const waiting = [...sessions]
  let ended: AppError | undefined
  const lane = async () => {
    for (let session = waiting.shift(); session !== undefined && ended === undefined; session = waiting.shift()) {
      try {
        const outcome = await sendSession(context, session)
        outcomes.push(outcome)
        deps.onSession?.(outcome)
      } catch (cause) {
        ended ??= AppError.from(cause)
      }
    }
  }
  await Promise.all(Array.from({ length: SESSIONS_AT_ONCE }, lane))
  return { kind: 'sent', outcomes, plannedCount: sessions.length, code: ended?.code ?? null }
}
