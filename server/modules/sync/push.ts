import { AppError } from '../../contract/errors.ts'
import { codeForProtocol } from '../../contract/sync/codes-of-protocol.ts'
import type { MutationEnvelope, MutationResult, PushRequest } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit, recordRefusal } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { type Refusal, refusalOf, tryApply } from './apply-mutation.ts'
import { NotInTurn } from './close-change.ts'
import { isMutationName } from './read-mutation.ts'
import { findVerdict, insertParked, insertResult, lockClient, saveNumber, type Verdict } from './repository.ts'
import { commitFeed, createFeedDraft, type MutationHandlers } from './service.ts'

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
    const verdict = await decideOnce(deps, { caller, clientId, mutation })
    if (verdict.feedSeq !== null) deps.announce(caller.practiceId, verdict.feedSeq)
    return { id: mutation.id, clientSeq: mutation.clientSeq, ...verdict }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'sync.client-foreign') {
      await recordRefusal(deps, caller, 'sync.push', { clientId })
    }
    throw cause
  }
}

/** The transaction has to be undone: for a refusal. */
class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('The transaction is undone, and a second one keeps the refusal')
    this.refusal = refusal
  }
}

/**
 * What is new and in order is applied in one transaction, without looking first whose turn it is and whether it was
 * decided before: almost nothing was, and the last statement of the transaction tells. Whatever else comes out of it undoes
 * that transaction, and a second one looks, and keeps a refusal.
 */
async function decideOnce(deps: PushDeps, pushed: Push): Promise<Verdict> {
  const { practiceId } = pushed.caller
  try {
    return await deps.database.inPractice(practiceId, (tx) => apply(deps, tx, pushed))
  } catch (cause) {
    if (!(cause instanceof Refused || cause instanceof NotInTurn)) throw cause
    const refusal = cause instanceof Refused ? cause.refusal : undefined
    return await deps.database.inPractice(practiceId, (tx) => lookAgain(deps, tx, pushed, refusal))
  }
}

type Push = {
  readonly caller: PersonPrincipal
  readonly clientId: PushRequest['clientId']
  readonly mutation: MutationEnvelope
}

async function apply(deps: PushDeps, tx: PracticeTx, { caller, clientId, mutation }: Push): Promise<Verdict> {
  const { practiceId, personId } = caller
  const { id, clientSeq } = mutation
  const nowMs = deps.clock.nowMs()
  const feed = createFeedDraft()
  const refusal = await tryApply(deps.mutations, { tx, feed, caller, nowMs }, mutation)
  if (refusal !== undefined) throw new Refused(refusal)
  try {
    const feedSeq = await commitFeed(tx, practiceId, feed, { id, clientId, personId, clientSeq }, nowMs)
    return { status: 'applied', code: null, feedSeq }
  } catch (cause) {
    // Also what a statement has broken that nobody waited for.
    throw new Refused(refusalOf(cause))
  }
}

/** By this workstation, or by another installation of the same outbox: what was decided is answered alike. */
async function lookAgain(
  deps: PushDeps,
  tx: PracticeTx,
  { caller, clientId, mutation }: Push,
  refusal: Refusal | undefined,
): Promise<Verdict> {
  const { practiceId, personId } = caller
  const { id, clientSeq } = mutation
  const nowMs = deps.clock.nowMs()
  const client = await lockClient(tx, practiceId, { clientId, personId, nowMs })
  if (client.personId !== personId) throw new AppError('sync.client-foreign', { clientId })
  const expected = client.lastClientSeq + 1
  const seen = await findVerdict(tx, practiceId, id)
  // Of another installation: this one's sequence moves on all the same.
  if (seen !== undefined && clientSeq === expected) await saveNumber(tx, practiceId, clientId, { clientSeq, nowMs })
  if (seen !== undefined) return seen
  if (clientSeq > expected) throw new AppError('sync.gap', { expected })
  if (clientSeq < expected) throw new AppError('conflict.exists', { clientSeq })
  // Its turn has come in between the two: sent again it is applied.
  if (refusal === undefined) throw new AppError('server.busy', { reason: 'decided-meanwhile' })
  const { status, code } = refusal
  // The verdict first: it waits for whoever decides the same mutation at this moment, and then knows of it.
  if (!(await insertResult(tx, practiceId, clientId, { id, clientSeq, status, code, feedSeq: null, nowMs }))) {
    throw new AppError('server.busy', { reason: 'decided-meanwhile' }) // sent again it is recognised
  }
  await insertParked(tx, practiceId, { mutation, clientId, personId, code, nowMs })
  await appendAudit(tx, practiceId, caller, nowMs, {
    // The log names known mutations only; an unknown name is a caller's text.
    action: isMutationName(mutation.name) ? mutation.name : 'sync.unknown-mutation',
    outcome: 'denied',
    subject: { mutationId: id, code },
  })
  return { status, code, feedSeq: null }
}
