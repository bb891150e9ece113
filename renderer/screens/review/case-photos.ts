import type { PriorSession, ReviewCase } from '../../../preload/contract/review.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { PhotoFacts, PhotoRefusal, QualityFlag } from '../../../server/contract/domain/photos.ts'
import type { SessionImage } from '../../../server/contract/domain/sessions.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import type { Wanted } from '../../viewer/cache-plan.ts'
import { type ViewerPhoto, wantedOf } from '../../viewer/photo-pane.tsx'

/** One photo's place on screen: whose it is, and the photo or why there is none. */
export type Slot = {
  readonly sessionId: SessionId
  readonly capturedOn: string
  readonly stage: number | null
  readonly view: View
  readonly photo: ViewerPhoto | null
  readonly facts: PhotoFacts | null
  /** Set when a photo was sent and could not be used. */
  readonly refusal: PhotoRefusal | null
  readonly flags: readonly SlotFlag[]
}
export type SlotFlag = QualityFlag | 'mirrored' | 'refused' | 'missing'

type SlotSource = {
  readonly capturedOn: string
  readonly stage: number | null
  readonly images: readonly SessionImage[]
}

function slotOf(sessionId: SessionId, source: SlotSource, view: View): Slot {
  const image = source.images.find((one) => one.view === view)
  const facts = image?.photo ?? null
  const refusal = image?.refusal ?? null
  const flags: SlotFlag[] = []
  if (image === undefined) flags.push('missing')
  if (refusal !== null) flags.push('refused')
  if (facts !== null) flags.push(...facts.quality.flags)
  if (facts !== null && image?.mirrored === 'uncorrected') flags.push('mirrored')
  return {
    sessionId,
    capturedOn: source.capturedOn,
    stage: source.stage,
    view,
    photo: viewerPhoto(facts),
    facts,
    refusal,
    flags,
  }
}

function viewerPhoto(facts: PhotoFacts | null): ViewerPhoto | null {
  if (facts === null) return null
  const { hash, widthPx, heightPx, renditions } = facts
  return { hash, widthPx, heightPx, sizes: { '512': renditions['512'], '2048': renditions['2048'], original: facts } }
}

type CaseSlots = {
  readonly current: ReadonlyMap<View, Slot>
  readonly priors: ReadonlyMap<View, readonly Slot[]>
}
/** A case never changes, a new reading of it is a new object: its slots are made once, so that equal means same. */
const slotsOfCase = new WeakMap<ReviewCase, CaseSlots>()

function slotsOf(reviewCase: ReviewCase): CaseSlots {
  const known = slotsOfCase.get(reviewCase)
  if (known !== undefined) return known
  const { session, priors } = reviewCase
  const priorsOf = (view: View) =>
    priors.map((prior: PriorSession) => slotOf(prior.sessionId, prior, view)).filter((slot) => slot.photo !== null)
  const made = {
    current: new Map(VIEWS.map((view) => [view, slotOf(session.id, session, view)])),
    priors: new Map(VIEWS.map((view) => [view, priorsOf(view)])),
  }
  slotsOfCase.set(reviewCase, made)
  return made
}

export function currentSlot(reviewCase: ReviewCase, view: View): Slot {
  return slotsOf(reviewCase).current.get(view) ?? slotOf(reviewCase.session.id, reviewCase.session, view)
}

/** Earlier scans that have this view, newest first. */
export function priorSlots(reviewCase: ReviewCase, view: View): readonly Slot[] {
  return slotsOf(reviewCase).priors.get(view) ?? []
}

/**
 * The photo beside the current one: `age` 0 is the newest earlier photo of this view. A view with fewer of them stays
 * at its oldest, and says its own day.
 */
export function priorSlot(reviewCase: ReviewCase, view: View, age: number): Slot | undefined {
  const slots = priorSlots(reviewCase, view)
  return slots[Math.min(age, slots.length - 1)]
}

export function oldestPriorAge(reviewCase: ReviewCase): number {
  return Math.max(0, ...VIEWS.map((view) => priorSlots(reviewCase, view).length - 1))
}

/** Every flag of the scan with its view, in reading order. */
export function flagsOf(reviewCase: ReviewCase): { readonly view: View; readonly flag: SlotFlag }[] {
  return VIEWS.flatMap((view) => currentSlot(reviewCase, view).flags.map((flag) => ({ view, flag })))
}

type RingCases = {
  readonly current: ReviewCase | undefined
  readonly next: readonly ReviewCase[]
  readonly previous: ReviewCase | undefined
}

/** What to decode ahead, most important first (performance.md): small ones of everything near, then the large ones. */
export function ringOf({ current, next, previous }: RingCases, activeView: View, priorAge: number): Wanted[] {
  const of = (size: '512' | '2048', one: ReviewCase | undefined, age: number, views: readonly View[] = VIEWS) =>
    one === undefined
      ? []
      : views.flatMap((view) =>
          [currentSlot(one, view).photo, priorSlot(one, view, age)?.photo ?? null].flatMap((photo) =>
            photo === null ? [] : [wantedOf(photo, size)],
          ),
        )
  return [
    ...of('512', current, priorAge),
    ...of('2048', current, priorAge, [activeView]),
    ...next.flatMap((one) => of('512', one, 0)),
    ...of('2048', current, priorAge),
    ...next.flatMap((one) => of('2048', one, 0)),
    ...of('512', previous, 0),
    ...of('2048', previous, 0),
  ]
}
