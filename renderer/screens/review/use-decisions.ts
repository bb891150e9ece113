import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { v7 as newId } from 'uuid'
import type { Draft } from '../../../preload/contract/draft.ts'
import type { ReviewCase, TakeBack } from '../../../preload/contract/review.ts'
import { ActionId, ReadId, type SessionId } from '../../../server/contract/domain/ids.ts'
import { listName } from '../../../server/contract/domain/patients.ts'
import type { ActionTaken } from '../../../server/contract/domain/tags.ts'
import { AppError } from '../../../server/contract/errors.ts'
import type { Port } from '../../ports/bridge.ts'
import { afterPaint } from '../../viewer/after-paint.ts'
import { buildRead, draftAsDecided, type ReadExtras, type ReadPurpose } from './draft.ts'
import type { Batch } from './use-batch.ts'
import type { Drafts } from './use-drafts.ts'
import type { Replacement } from './use-replacing.ts'

/** The decision that U would take back, with what this window still remembers of it. */
export type LastDecision = TakeBack & {
  readonly decided: Decided | null
}
export type Decided = {
  readonly action: ActionTaken
  readonly fromStage: number | null
  readonly draft: Draft
  /** Before every photo had been on screen long enough. */
  readonly hasty: boolean
}
export type Trouble = {
  readonly what: 'decide' | 'takeBack'
  readonly error: AppError
  /** Whose decision it was, when another case is on screen by then. */
  readonly elsewhere?: string
}

/** The host lets a decision go at its time, not before: asked a little later it knows. */
const AFTER_RELEASE_MS = 60

/** Deciding and taking back. A decision leaves the screen only after it is durable on this computer. */
export function useDecisions(port: Port, batch: Batch, drafts: Drafts, replacement: Replacement) {
  const [last, setLast] = useState<LastDecision | null>(null)
  /** The one that can be taken back no more; until the next decision. */
  const [gone, setGone] = useState<LastDecision | null>(null)
  const latest = useRef<LastDecision | null>(null)
  /** Those of this window that were not taken back, the newest last: when the host has none left, it has sent them. */
  const stood = useRef<LastDecision[]>([])
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const [savingId, setSavingId] = useState<SessionId | null>(null)
  const saving = useRef<SessionId | null>(null)
  const [takingBack, setTakingBack] = useState(false)
  const taking = useRef(false)
  /** The decision that is being saved. */
  const underWay = useRef<Promise<ReadId | null> | null>(null)
  /** The same, until it is known what can be taken back now. */
  const working = useRef<Promise<unknown>>(Promise.resolve())
  const remembered = useRef(new Map<ReadId, Decided>())
  /** Second reads stand as they were made: whoever has seen both must not read again as if blind. */
  const blind = useRef(new Set<ReadId>())
  const onScreen = useRef<SessionId | undefined>(undefined)
  useLayoutEffect(() => {
    onScreen.current = batch.currentId
    return () => void (onScreen.current = undefined)
  }, [batch.currentId])

  const turn = useRef(0)
  const askLast = useCallback(async () => {
    turn.current += 1
    const mine = turn.current
    // Without an answer the line stays as it was: pressing U asks the host again anyway.
    const found = await port.call('review.lastDecision').catch(() => undefined)
    if (found === undefined || mine !== turn.current) return
    const now =
      found === null || blind.current.has(found.readId)
        ? null
        : { ...found, decided: remembered.current.get(found.readId) ?? null }
    latest.current = now
    setLast(now)
    if (now !== null) stood.current = [...stood.current.filter((one) => one.readId !== now.readId), now]
    setGone(now === null ? (stood.current.at(-1) ?? null) : null)
  }, [port])
  useEffect(() => {
    // Not before the photos of a case that opens are asked for. A U that is pressed until then waits for it.
    const first = Promise.withResolvers<void>()
    working.current = first.promise
    const callOff = afterPaint(() => first.resolve(askLast()))
    const ends = [port.on('store.changed', () => void askLast()), port.on('sync.status', () => void askLast())]
    return () => {
      callOff()
      first.resolve() // nobody waits for what will not be asked
      turn.current += 1 // and what was asked is told to nobody
      ends.forEach((end) => end())
    }
  }, [port, askLast])
  const releasesAtMs = last?.releasesAtMs ?? null
  useEffect(() => {
    if (releasesAtMs === null) return undefined
    const timer = setTimeout(() => void askLast(), Math.max(0, releasesAtMs - Date.now()) + AFTER_RELEASE_MS)
    return () => clearTimeout(timer)
  }, [releasesAtMs, askLast])

  /** @returns the read, or null when it was not made: saying so is done */
  function decide(...decision: Parameters<typeof record>): Promise<ReadId | null> {
    const made = record(...decision)
    working.current = made.then(askLast)
    if (underWay.current !== null) return made // refused: one at a time
    underWay.current = made
    void made.then(() => (underWay.current = null))
    return made
  }
  async function record(
    reviewCase: ReviewCase,
    decided: Decided,
    purpose: ReadPurpose,
    extras: ReadExtras = {},
  ): Promise<ReadId | null> {
    const id = reviewCase.session.id
    if (saving.current !== null) return null
    saving.current = id
    setSavingId(id)
    setTrouble(null)
    const ids = { readId: ReadId.parse(newId()), actionId: ActionId.parse(newId()), readAtMs: Date.now() }
    remembered.current.set(ids.readId, decided)
    const isBlind = extras.secondReadId !== undefined
    if (isBlind) blind.current.add(ids.readId)
    try {
      await replacement.record(buildRead(reviewCase, decided, purpose, ids, extras))
      drafts.forget(id)
      // Whoever moved on while it was saved must not skip another case. After a second read both are shown first.
      if (onScreen.current === id && !isBlind) batch.goNext()
      void batch.reload(id)
      return ids.readId
    } catch (cause) {
      const elsewhere = onScreen.current === id ? {} : { elsewhere: listName(reviewCase.patient) }
      setTrouble({ what: 'decide', error: AppError.from(cause), ...elsewhere })
      return null
    } finally {
      saving.current = null
      setSavingId(null)
    }
  }

  const isOnScreen = (id: SessionId) => onScreen.current === id
  /** Once nothing is being saved any more. Not at all when it could not be: whoever leaves is to be told first. */
  function whenSaved(work: () => void) {
    if (underWay.current === null) return work()
    void underWay.current.then((readId) => readId !== null && work())
  }

  /** @returns `none`: there is nothing to take back; else saying what came of it is done */
  async function takeBack(): Promise<'done' | 'none'> {
    if (taking.current) return 'done'
    taking.current = true
    setTakingBack(true)
    setTrouble(null)
    // Pressed while a decision is being saved it is that one which is meant.
    await working.current
    const last = latest.current
    if (saving.current !== null || last === null) {
      taking.current = false
      setTakingBack(false)
      return last === null ? 'none' : 'done'
    }
    saving.current = last.sessionId
    try {
      const draft = last.decided?.draft ?? (await draftInStore(port, last))
      // From here on its absence does not mean that it has left.
      latest.current = null
      stood.current = stood.current.filter((one) => one.readId !== last.readId)
      const { sessionId } = await port.call('review.takeBack', { readId: last.readId })
      replacement.takenBack(last.readId)
      if (draft !== undefined) drafts.put(sessionId, draft)
      await batch.reload(sessionId)
      batch.goTo(sessionId)
      setLast(null)
      void askLast()
      return 'done'
    } catch (cause) {
      setTrouble({ what: 'takeBack', error: AppError.from(cause) })
      latest.current = last
      stood.current = [...stood.current, last]
      void askLast()
      return 'done'
    } finally {
      saving.current = null
      taking.current = false
      setTakingBack(false)
    }
  }

  return {
    last,
    gone,
    trouble,
    savingId,
    /** Another case comes in a moment, and what is pressed now is meant for that one. */
    isBusy: takingBack || (savingId !== null && savingId === batch.currentId),
    isOnScreen,
    decide,
    whenSaved,
    takeBack,
    dismiss: () => setTrouble(null),
  }
}
export type Decisions = ReturnType<typeof useDecisions>

/** After a restart the window remembers nothing: the tags are in the read that is about to be taken back. */
async function draftInStore(port: Port, last: TakeBack): Promise<Draft | undefined> {
  const reviewCase = await port.call('review.open', { sessionId: last.sessionId })
  const read = reviewCase.reads.find((entry) => entry.read.readId === last.readId)?.read
  return read === undefined ? undefined : draftAsDecided(read)
}
