import { AppError } from '../../contract/errors.ts'
import { codeForProtocol } from '../../contract/sync/codes-of-protocol.ts'
import type { MutationEnvelope, MutationResult, PushRequest } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit, recordRefusal } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { tryApply } from './apply-mutation.ts'
import { isMutationName } from './read-mutation.ts'
import { insertParked, insertResult, takeNumber, type Verdict } from './repository.ts'
import { commitFeed, createFeedDraft, type FeedDraft, type MutationHandlers } from './service.ts'

export type PushDeps = Pick<ModuleDeps, 'database' | 'clock' | 'announce'> & { readonly mutations: MutationHandlers }

/** One transaction for each mutation, in order. A failure that may pass ends the batch; what was done stays done and is recognised when it is sent again. */
export async function push(
  deps: PushDeps,
  caller: PersonPrincipal,
  request: Pick<PushRequest, 'protocol' | 'clientId' | 'mutations'>,
): Promise<{ results: MutationResult[] }> {
  const results: MutationResult[] = []
  for (const mutation of request.mutations) {
    const { code, ...result } = await pushOne(deps, caller, request.clientId, mutation)
    results.push({ ...result, code: code === null ? null : codeForProtocol(code, request.protocol) })
  }
  return { results }
}

async function pushOne(
  deps: PushDeps,
  caller: PersonPrincipal,
  clientId: PushRequest['clientId'],
  mutation: MutationEnvelope,
): Promise<MutationResult> {
  try {
    const verdict = await deps.database.inPractice(caller.practiceId, (tx) =>
      decideOnce(deps, tx, caller, clientId, mutation),
    )
    if (verdict.feedSeq !== null) deps.announce(caller.practiceId, verdict.feedSeq)
    return { id: mutation.id, clientSeq: mutation.clientSeq, ...verdict }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'sync.client-foreign') {
      await recordRefusal(deps, caller, 'sync.push', { clientId })
    }
    throw cause
  }
}

async function decideOnce(
  deps: PushDeps,
  tx: PracticeTx,
  caller: PersonPrincipal,
  clientId: PushRequest['clientId'],
  mutation: MutationEnvelope,
): Promise<Verdict> {
  const { practiceId, personId } = caller
  const nowMs = deps.clock.nowMs()
  const { client, seen } = await takeNumber(tx, practiceId, { clientId, personId, nowMs }, mutation)
  if (client.personId !== personId) throw new AppError('sync.client-foreign', { clientId })
  const expected = client.lastClientSeq + 1
  // By this workstation, or by another installation of the same outbox: answered alike, and this one's sequence moves on.
  if (seen !== undefined) return seen
  if (mutation.clientSeq > expected) throw new AppError('sync.gap', { expected })
  if (mutation.clientSeq < expected) throw new AppError('conflict.exists', { clientSeq: mutation.clientSeq })

  const draft = createFeedDraft()
  const refusal = await tryApply(deps.mutations, { tx, feed: draft, caller, nowMs }, mutation)
  if (refusal !== undefined) {
    await insertParked(tx, practiceId, { mutation, clientId, personId, code: refusal.code, nowMs })
    await appendAudit(tx, practiceId, caller, nowMs, {
      // The log names known mutations only; an unknown name is a caller's text.
      action: isMutationName(mutation.name) ? mutation.name : 'sync.unknown-mutation',
      outcome: 'denied',
      subject: { mutationId: mutation.id, code: refusal.code },
    })
  }
  const written: FeedDraft = refusal === undefined ? draft : createFeedDraft()
  const feedSeq = await commitFeed(tx, practiceId, written, mutation.id, nowMs)
  const verdict: Verdict = refusal === undefined ? { status: 'applied', code: null, feedSeq } : { ...refusal, feedSeq }
  await insertResult(tx, practiceId, clientId, { id: mutation.id, clientSeq: mutation.clientSeq, ...verdict, nowMs })
  return verdict
}
