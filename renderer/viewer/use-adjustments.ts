import { useMemo, useState } from 'react'
import { type Adjustments, balanceBy, changeTone, flip, type Rgb, rotate, UNADJUSTED } from './adjustments.ts'

/** The photo that a verb acts on, and the name of the view that it is of. */
export type AdjustedPhoto = { readonly hash: string; readonly view: string }

export type AdjustmentsState = {
  /** Whose photos: another case begins anew. */
  readonly caseId: string | undefined
  readonly byPhoto: ReadonlyMap<string, Adjustments>
  /** Kept for every photo of a view, from case to case, until it is let go or reset. */
  readonly byView: ReadonlyMap<string, Adjustments>
}
const NOTHING: AdjustmentsState = { caseId: undefined, byPhoto: new Map(), byView: new Map() }

export function adjustmentsOf(
  { byPhoto, byView }: Omit<AdjustmentsState, 'caseId'>,
  { hash, view }: AdjustedPhoto,
): Adjustments {
  return byView.get(view) ?? byPhoto.get(hash) ?? UNADJUSTED
}

/** A pinned view changes as a whole, whichever of its photos the hand is on. */
export function adjust(was: AdjustmentsState, photo: AdjustedPhoto, next: Adjustments): AdjustmentsState {
  if (was.byView.has(photo.view)) return { ...was, byView: new Map(was.byView).set(photo.view, next) }
  return { ...was, byPhoto: new Map(was.byPhoto).set(photo.hash, next) }
}

export function pinView(was: AdjustmentsState, photo: AdjustedPhoto): AdjustmentsState {
  const now = adjustmentsOf(was, photo)
  const byView = new Map(was.byView)
  // Letting go leaves what is on screen as it is, for the one photo.
  if (byView.delete(photo.view)) return { ...was, byView, byPhoto: new Map(was.byPhoto).set(photo.hash, now) }
  return { ...was, byView: byView.set(photo.view, now) }
}

/** One key: every photo of the case and every pinned view as it was taken. */
export function resetAll({ caseId }: AdjustmentsState): AdjustmentsState {
  return { ...NOTHING, caseId }
}

const STEPS = { brightness: 0.2, contrast: 0.1, warmth: 0.1 } as const

/**
 * How the photos are turned and toned while a case is open. Display state of this window: never saved, never sent.
 * The keys for it belong to the screen.
 */
export function useAdjustments(caseId: string | undefined) {
  const [state, setState] = useState(NOTHING)
  /** The photo whose next click names a patch that ought to be grey. */
  const [picking, setPicking] = useState<AdjustedPhoto | null>(null)
  if (state.caseId !== caseId) {
    setState({ ...NOTHING, caseId, byView: state.byView })
    setPicking(null)
  }

  const verbs = useMemo(() => {
    const change = (photo: AdjustedPhoto, by: (now: Adjustments) => Adjustments) =>
      setState((was) => adjust(was, photo, by(adjustmentsOf(was, photo))))
    const tone = (name: keyof typeof STEPS, sign: 1 | -1) => (photo: AdjustedPhoto) =>
      change(photo, (now) => changeTone(now, name, sign * STEPS[name]))
    return {
      /** Clockwise; 90 for a quarter, any other for a camera held askew. */
      rotate: (photo: AdjustedPhoto, degrees: number) => change(photo, (now) => rotate(now, degrees)),
      flip: (photo: AdjustedPhoto) => change(photo, flip),
      brighter: tone('brightness', 1),
      darker: tone('brightness', -1),
      moreContrast: tone('contrast', 1),
      lessContrast: tone('contrast', -1),
      warmer: tone('warmth', 1),
      cooler: tone('warmth', -1),
      /** The next click on a photo of this view names the patch; again, or null, calls it off. */
      pickGrey: (photo: AdjustedPhoto | null) => setPicking((was) => (was === null ? photo : null)),
      /** The patch that was clicked. @returns whether it can be balanced by */
      balance: (photo: AdjustedPhoto, patch: Rgb): boolean => {
        setPicking(null)
        if (balanceBy(UNADJUSTED, patch) === undefined) return false
        change(photo, (now) => balanceBy(now, patch) ?? now)
        return true
      },
      /** The whole view, from case to case; again lets go. */
      pin: (photo: AdjustedPhoto) => setState((was) => pinView(was, photo)),
      reset: () => {
        setPicking(null)
        setState(resetAll)
      },
    }
  }, [])

  // The same object while nothing is adjusted otherwise, from case to case: stages with many photos are memoised by it.
  const { byPhoto, byView } = state
  return useMemo(
    () => ({
      ...verbs,
      picking,
      of: (photo: AdjustedPhoto): Adjustments => adjustmentsOf({ byPhoto, byView }, photo),
      isPinned: (view: string): boolean => byView.has(view),
    }),
    [verbs, picking, byPhoto, byView],
  )
}
export type UsedAdjustments = ReturnType<typeof useAdjustments>
