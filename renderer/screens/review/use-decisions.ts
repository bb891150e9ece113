import { useCallback, useEffect, useRef, useState } from 'react'
import { v7 as newId } from 'uuid'
import type { ReviewCase, TakeBack } from '../../../preload/contract/review.ts'
import { ActionId, ReadId, type SessionId } from '../../../server/contract/domain/ids.ts'
import type { ActionTaken } from '../../../server/contract/domain/tags.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { Port } from '../../ports/bridge.ts'
import { buildRead, type Draft, draftOfRead, type ReadPurpose } from './draft.ts'
import type { Batch } from './use-batch.ts'
import type { Drafts } from './use-drafts.ts'
import type { Replacement } from './use-replacing.ts'

/** The decision that U would take back, with what this window still remembers of it. */
export type LastDecision = TakeBack & {
  readonly decided: Decided | null
}
export type Decided = { readonly action: ActionTaken; readonly fromStage: number | null; readonly draft: Draft }
export type Trouble = { readonly what: 'decide' | 'takeBack'; readonly error: AppError }

/** Deciding and taking back. A decision leaves the screen only after it is durable on this computer. */
export function useDecisions(port: Port, batch: Batch, drafts: Drafts, replacement: Replacement) {
  const [last, setLast] = useState<LastDecision | null>(null)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [savingId, setSavingId] = useState<SessionId | null>(null)
  const saving = useRef<SessionId | null>(null)
  const remembered = useRef(new Map<ReadId, Decided>())
  const onScreen = useRef<SessionId | undefined>(undefined)
  useEffect(() => {
    onScreen.current = batch.currentId
    return () => void (onScreen.current = undefined)
  }, [batch.currentId])

  const askLast = useCallback(async () => {
    // Without an answer the line stays as it was: pressing U asks the host again anyway.
    const found = await port.call('review.lastDecision').catch(() => undefined)
    if (found === undefined) return
    setLast(found === null ? null : { ...found, decided: remembered.current.get(found.readId) ?? null })
  }, [port])
  useEffect(() => {
    void askLast()
    const ends = [port.on('store.changed', () => void askLast()), port.on('sync.status', () => void askLast())]
    return () => ends.forEach((end) => end())
  }, [port, askLast])

  async function decide(reviewCase: ReviewCase, decided: Decided, purpose: ReadPurpose) {
    const id = reviewCase.session.id
    if (saving.current !== null) return
    saving.current = id
    setSavingId(id)
    setTrouble(null)
    const ids = { readId: ReadId.parse(newId()), actionId: ActionId.parse(newId()), readAtMs: Date.now() }
    remembered.current.set(ids.readId, decided)
    try {
      await replacement.record(buildRead(reviewCase, decided, purpose, ids))
      drafts.forget(id)
      // Whoever moved on while it was saved must not skip another case.
      if (onScreen.current === id) batch.goNext()
      void batch.reload(id)
      void askLast()
    } catch (cause) {
      setTrouble({ what: 'decide', error: AppError.from(cause) })
    } finally {
      saving.current = null
      setSavingId(null)
    }
  }

  async function takeBack(): Promise<LastDecision | null> {
    if (saving.current !== null || last === null) return null
    saving.current = last.sessionId
    setTrouble(null)
    try {
      const draft = last.decided?.draft ?? (await draftInStore(port, last))
      const { sessionId } = await port.call('review.takeBack', { readId: last.readId })
      replacement.takenBack(last.readId)
      if (draft !== undefined) drafts.put(sessionId, draft)
      await batch.reload(sessionId)
      batch.goTo(sessionId)
      setLast(null)
      void askLast()
      return last
    } catch (cause) {
      setTrouble({ what: 'takeBack', error: AppError.from(cause) })
      void askLast()
      return null
    } finally {
      saving.current = null
    }
  }

  return { last, trouble, savingId, decide, takeBack, dismiss: () => setTrouble(null) }
}

/** After a restart the window remembers nothing: the tags are in the read that is about to be taken back. */
async function draftInStore(port: Port, last: TakeBack): Promise<Draft | undefined> {
  const reviewCase = await port.call('review.open', { sessionId: last.sessionId })
  const read = reviewCase.reads.find((entry) => entry.read.readId === last.readId)?.read
  return read === undefined ? undefined : draftOfRead(read)
}
