import { sql } from 'kysely'
import { AppError, ERRORS } from '../../contract/errors.ts'
import { MUTATIONS, type MutationName } from '../../contract/sync/mutations.ts'
import type { MutationEnvelope, MutationResult, PushRequest } from '../../contract/sync/wire.ts'
import type { PersonPrincipal } from '../../http/handler.ts'
import type { PracticeTx } from '../../platform/database/database.ts'
import { meaningOf } from '../../platform/database/failures.ts'
import { appendAudit, recordRefusal } from '../audit/service.ts'
import type { ModuleDeps } from '../deps.ts'
import { findResult, insertParked, insertResult, lockClient, saveClientSeq, type Verdict } from './repository.ts'
import { commitFeed, createFeedDraft, type FeedDraft, type MutationContext, type MutationHandlers } from './service.ts'

type PushDeps = Pick<ModuleDeps, 'database' | 'clock' | 'announce'> & { readonly mutations: MutationHandlers }

/** One transaction for each mutation, in order. A failure that may pass ends the batch; what was done stays done and is recognised when it is sent again. */
export async function push(
  deps: PushDeps,
  caller: PersonPrincipal,
  request: PushRequest,
): Promise<{ results: MutationResult[] }> {
  const results: MutationResult[] = []
  for (const mutation of request.mutations) results.push(await pushOne(deps, caller, request.clientId, mutation))
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
  const client = await lockClient(tx, practiceId, { clientId, personId, nowMs })
  if (client.personId !== personId) throw new AppError('sync.client-foreign', { clientId })
  const expected = client.lastClientSeq + 1
  const seen = await findResult(tx, practiceId, mutation.id)
  if (seen !== undefined) {
    // Another installation of the same outbox sent it first: answered alike, and this one's sequence moves on.
    if (mutation.clientSeq === expected) await saveClientSeq(tx, practiceId, clientId, expected)
    return seen
  }
  if (mutation.clientSeq > expected) throw new AppError('sync.gap', { expected })
  if (mutation.clientSeq < expected) throw new AppError('conflict.exists', { clientSeq: mutation.clientSeq })

  const draft = createFeedDraft()
  const refusal = await tryApply(deps.mutations, { tx, feed: draft, caller, nowMs }, mutation)
  await saveClientSeq(tx, practiceId, clientId, mutation.clientSeq)
  if (refusal !== undefined) {
    await insertParked(tx, practiceId, { mutation, clientId, personId, code: refusal.code ?? 'internal', nowMs })
    await appendAudit(tx, practiceId, caller, nowMs, {
      action: mutationAction(mutation),
      outcome: 'denied',
      subject: { mutationId: mutation.id, code: refusal.code ?? 'internal' },
    })
  }
  const written: FeedDraft = refusal === undefined ? draft : createFeedDraft()
  const feedSeq = await commitFeed(tx, practiceId, written, mutation.id, nowMs)
  const verdict: Verdict = refusal ?? { status: 'applied', code: null, feedSeq }
  await insertResult(tx, practiceId, clientId, { id: mutation.id, clientSeq: mutation.clientSeq, ...verdict })
  return verdict
}

/** The log names known mutations only; an unknown name is a caller's text. */
function mutationAction(mutation: MutationEnvelope): string {
  return Object.hasOwn(MUTATIONS, mutation.name) ? mutation.name : 'sync.unknown-mutation'
}

/** Undefined when applied. A refusal undoes the mutation's own writes and nothing else; what may pass is thrown. */
async function tryApply(
  handlers: MutationHandlers,
  context: MutationContext,
  mutation: MutationEnvelope,
): Promise<Verdict | undefined> {
  const apply = findHandler(handlers, mutation)
  if (apply === undefined) return { status: 'parked', code: 'input.invalid', feedSeq: null }
  await sql`savepoint mutation`.execute(context.tx)
  try {
    await apply(context)
    return undefined
  } catch (cause) {
    const refusal = meaningOf(cause)
    if (!(refusal instanceof AppError) || ERRORS[refusal.code].onSync === 'retry') throw refusal
    await sql`rollback to savepoint mutation`.execute(context.tx)
    return { status: 'rejected', code: refusal.code, feedSeq: null }
  }
}

/** Undefined for an unknown name or version and for arguments that its schema refuses. */
function findHandler(
  handlers: MutationHandlers,
  mutation: MutationEnvelope,
): ((context: MutationContext) => Promise<void>) | undefined {
  if (!Object.hasOwn(MUTATIONS, mutation.name)) return undefined
  const name = mutation.name as MutationName // an own key of the table
  const spec = MUTATIONS[name]
  if (spec.version !== mutation.version) return undefined
  const args = spec.args.safeParse(mutation.args)
  if (!args.success) return undefined
  // Name and arguments come from one row of the table, which the compiler cannot see through the union.
  const handle = handlers[name] as (context: MutationContext, args: unknown) => Promise<void>
  return (context) => handle(context, args.data)
}
