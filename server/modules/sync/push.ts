import { AppError } from '../../contract/errors.ts'
import { codeForProtocol } from '../../contract/sync/codes-of-protocol.ts'
import type { MutationEnvelope, MutationResult, PushRequest } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { appendAudit, recordRefusal } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { type Refusal, tryApply } from './apply-mutation.ts'
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
    const verdict = await decideOnce(deps, caller, clientId, mutation)
    if (verdict.feedSeq !== null) deps.announce(caller.practiceId, verdict.feedSeq)
    return { id: mutation.id, clientSeq: mutation.clientSeq, ...verdict }
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'sync.client-foreign') {
      await recordRefusal(deps, caller, 'sync.push', { clientId })
    }
    throw cause
  }
}

/** The transaction has to be undone: for a refusal, or because the mutation was decided before. */
class Undone extends Error {
  readonly refusal: Refusal | undefined
  constructor(refusal: Refusal | undefined) {
    super('The transaction is undone, and a second one says why')
    this.refusal = refusal
  }
}

/**
 * What is new and in order is applied in one transaction, without looking first whether it was decided before: almost
 * nothing was. Whatever else comes out of it undoes that transaction, and a second one looks, and keeps a refusal.
 */
async function decideOnce(
  deps: PushDeps,
  caller: PersonPrincipal,
  clientId: PushRequest['clientId'],
  mutation: MutationEnvelope,
): Promise<Verdict> {
  const inTurn = (again: Undone | undefined) =>
    deps.database.inPractice(caller.practiceId, (tx) => decideIn(deps, tx, caller, clientId, mutation, again))
  try {
    return await inTurn(undefined)
  } catch (cause) {
    if (!(cause instanceof Undone)) throw cause
    return await inTurn(cause).catch((later: unknown) => {
      // Decided by another request in between the two: sent again it is recognised.
      throw later instanceof Undone ? new AppError('server.busy', { reason: 'decided-meanwhile' }) : later
    })
  }
}

async function decideIn(
  deps: PushDeps,
  tx: PracticeTx,
  caller: PersonPrincipal,
  clientId: PushRequest['clientId'],
  mutation: MutationEnvelope,
  again: Undone | undefined,
): Promise<Verdict> {
  const { practiceId, personId } = caller
  const { id, clientSeq } = mutation
  const nowMs = deps.clock.nowMs()
  const client = await lockClient(tx, practiceId, { clientId, personId, nowMs })
  if (client.personId !== personId) throw new AppError('sync.client-foreign', { clientId })
  const expected = client.lastClientSeq + 1
  const isNext = clientSeq === expected
  if (again !== undefined || !isNext) {
    // By this workstation, or by another installation of the same outbox: answered alike, and this one's sequence moves on.
    const seen = await findVerdict(tx, practiceId, id)
    if (seen !== undefined && isNext) await saveNumber(tx, practiceId, clientId, { clientSeq, nowMs })
    if (seen !== undefined) return seen
  }
  if (clientSeq > expected) throw new AppError('sync.gap', { expected })
  if (clientSeq < expected) throw new AppError('conflict.exists', { clientSeq })

  const keep = async (verdict: Verdict): Promise<Verdict> => {
    if (await insertResult(tx, practiceId, clientId, { id, clientSeq, ...verdict, nowMs })) return verdict
    throw new Undone(undefined)
  }
  if (again?.refusal !== undefined) {
    const { status, code } = again.refusal
    // The verdict first: it waits for whoever decides the same mutation at this moment, and then knows of it.
    const verdict = await keep({ status, code, feedSeq: null })
    await insertParked(tx, practiceId, { mutation, clientId, personId, code, nowMs })
    await appendAudit(tx, practiceId, caller, nowMs, {
      // The log names known mutations only; an unknown name is a caller's text.
      action: isMutationName(mutation.name) ? mutation.name : 'sync.unknown-mutation',
      outcome: 'denied',
      subject: { mutationId: id, code },
    })
    return verdict
  }
  const feed = createFeedDraft()
  const refused = await tryApply(deps.mutations, { tx, feed, caller, nowMs }, mutation)
  if (refused !== undefined) throw new Undone(refused)
  const feedSeq = await commitFeed(tx, practiceId, feed, id, nowMs)
  return keep({ status: 'applied', code: null, feedSeq })
}
