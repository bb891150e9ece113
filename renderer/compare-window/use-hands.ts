import { useLayoutEffect, useMemo, useRef } from 'react'
import { nudgeToKeepPrior } from '../viewer/pair-link.ts'
import type { FromFollower } from '../screens/review/compare/follow-messages.ts'
import { currentLook } from '../screens/review/compare/pair-look.ts'
import { linkOf, WAITING } from '../screens/review/compare/pair-state.ts'
import type { PairStore } from '../screens/review/compare/pair-store.ts'
import type { Looks, Viewport } from '../screens/review/use-viewport.ts'

/** What a hand does in this window is done by the main one, and comes back as what is on screen there. */
export function useHands(pairs: PairStore, looks: Looks, tell: (message: FromFollower) => void): Viewport['hands'] {
  const latest = useRef(looks)
  useLayoutEffect(() => {
    latest.current = looks
  })
  return useMemo(
    () => ({
      move({ view, side, pair }, look, alone) {
        const state = pair === null ? WAITING : pairs.stateOf(pair.pair)
        if (alone && side === 'prior' && pair !== null) {
          const nudge = nudgeToKeepPrior(look, latest.current[view], linkOf(state))
          return tell({ kind: 'nudge', pair: pair.pair, ...nudge })
        }
        const shown = side === 'prior' && pair !== null ? currentLook(look, state, pair.sizes) : look
        tell({ kind: 'look', view, look: { zoom: shown.zoom, x: shown.x, y: shown.y } })
      },
      nudge: () => undefined,
      point: () => undefined,
      measured: () => undefined,
    }),
    [pairs, tell],
  )
}
