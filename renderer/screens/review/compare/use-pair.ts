import { useCallback, useSyncExternalStore } from 'react'
import type { PhotoPair } from '../../../../preload/contract/alignment.ts'
import type { Slot } from '../case-photos.ts'
import { type PairState, WAITING } from './pair-state.ts'
import type { PairStore } from './pair-store.ts'

/** The two photos as the store knows them; null when one of them is not there. */
export function pairOf(current: Slot, prior: Slot | undefined): PhotoPair | null {
  if (current.facts === null || prior === undefined || prior.facts === null) return null
  return { current: current.facts.hash, prior: prior.facts.hash, view: current.view }
}

/** Renders again when this pair's state changes, and for no other's. */
export function usePair(pairs: PairStore, pair: PhotoPair | null): PairState {
  const [current, prior, view] = [pair?.current, pair?.prior, pair?.view]
  const subscribe = useCallback(
    (changed: () => void) => {
      if (current === undefined || prior === undefined || view === undefined) return () => undefined
      return pairs.subscribe({ current, prior, view }, changed)
    },
    [pairs, current, prior, view],
  )
  return useSyncExternalStore(subscribe, () => (pair === null ? WAITING : pairs.stateOf(pair)))
}
