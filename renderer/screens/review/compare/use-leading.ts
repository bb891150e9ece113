import { useEffect, useEffectEvent, useMemo, useRef } from 'react'
import type { PhotoPair } from '../../../../preload/contract/alignment.ts'
import { currentSlot, priorSlot } from '../case-photos.ts'
import type { Review } from '../use-review.ts'
import { FOLLOW_CHANNEL, FromFollower, type FromMain, type PressedKey, type Shown } from './follow-messages.ts'
import type { PairStore } from './pair-store.ts'
import { pairOf } from './use-pair.ts'

/** Tells the second window what is on screen, and does what a hand does there. Costs nothing where there is none. */
export function useLeading(review: Review, pairs: PairStore) {
  const { reviewCase, mode, viewport, looking, displayed, times } = review
  const { activeView: view, priorId, overlay, swipeAt, blinking } = mode
  const look = viewport.looks[view]
  const shown = useMemo(
    (): Shown | null =>
      reviewCase === undefined
        ? null
        : { sessionId: reviewCase.session.id, view, priorId, overlay, swipeAt, blinking, look: { ...look } },
    [reviewCase, view, priorId, overlay, swipeAt, blinking, look],
  )
  const pair = useMemo(
    () =>
      reviewCase === undefined ? null : pairOf(currentSlot(reviewCase, view), priorSlot(reviewCase, view, priorId)),
    [reviewCase, view, priorId],
  )
  const channel = useRef<BroadcastChannel | null>(null)
  const tell = (message: FromMain) => channel.current?.postMessage(message)
  const tellPair = (told: PhotoPair) => {
    const { alignment, nudge } = pairs.stateOf(told)
    tell({ kind: 'pair', known: { pair: told, alignment, nudge: { pair: told, ...nudge } } })
  }

  const hear = useEffectEvent((event: MessageEvent<unknown>) => {
    const { data: message } = FromFollower.safeParse(event.data)
    if (message === undefined) return
    if (message.kind === 'hello') {
      tell({ kind: 'shown', shown })
      if (pair !== null) tellPair(pair)
    }
    if (message.kind === 'key') press(message.pressed)
    if (message.kind === 'look') viewport.show(message.view, message.look)
    if (message.kind === 'pin') looking.pinPrior(message.priorId)
    if (message.kind === 'swipe') looking.setSwipeAt(message.at)
    if (message.kind === 'alive') {
      times.setAttentive(message.isHere || document.hasFocus())
      // What the automatic lock looks for, as if the hand had moved here.
      if (message.isHere) window.dispatchEvent(new Event('pointermove'))
    }
    if (message.kind === 'seen') displayed.seen.learn(message)
    if (message.kind === 'nudge') pairs.nudge(message.pair, { x: message.x, y: message.y })
  })
  useEffect(() => {
    const opened = new BroadcastChannel(FOLLOW_CHANNEL)
    channel.current = opened
    opened.addEventListener('message', hear)
    return () => {
      opened.postMessage({ kind: 'shown', shown: null } satisfies FromMain)
      channel.current = null
      opened.close()
    }
  }, [])

  useEffect(() => channel.current?.postMessage({ kind: 'shown', shown } satisfies FromMain), [shown])
  const tellThisPair = useEffectEvent((told: PhotoPair) => tellPair(told))
  useEffect(() => {
    if (pair === null) return undefined
    tellThisPair(pair)
    return pairs.subscribe(pair, () => tellThisPair(pair))
  }, [pairs, pair])
}

/** As if it had been pressed here: the verbs of the main window are the only ones there are. */
function press({ type, altGraph, ...pressed }: PressedKey) {
  const event = new KeyboardEvent(type, { ...pressed, modifierAltGraph: altGraph, bubbles: true, cancelable: true })
  const root = document.querySelector('[data-command-root]') ?? document.body
  root.dispatchEvent(event)
}
