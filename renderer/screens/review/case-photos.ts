import type { PriorSession, ReviewCase } from '../../../preload/contract/review.ts'
import type { PhotoHash, SessionId } from '../../../server/contract/domain/ids.ts'
import type { PhotoFacts, PhotoRefusal, QualityFlag } from '../../../server/contract/domain/photos.ts'
import type { SessionImage } from '../../../server/contract/domain/sessions.ts'
import { type Aligners, VIEWS, type View } from '../../../server/contract/domain/views.ts'
import type { SizePx } from '../../viewer/geometry.ts'
import type { Wanted } from '../../viewer/cache-plan.ts'
import { type ViewerPhoto, wantedOf } from '../../viewer/photo-pane.tsx'

/** One photo's place on screen: whose it is, and the photo or why there is none. */
export type Slot = {
  readonly sessionId: SessionId
  readonly capturedOn: string
  readonly stage: number | null
  /** What the scan says of the mouth when it was taken. */
  readonly aligners: Aligners
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
  readonly aligners: Aligners
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
    aligners: source.aligners,
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
  /** Those with a photo. */
  readonly priors: ReadonlyMap<View, readonly Slot[]>
  /** Of one earlier scan, photo or not. */
  readonly pinned: (priorId: SessionId, view: View) => Slot | undefined
}
/** A case never changes, a new reading of it is a new object: its slots are made once, so that equal means same. */
const slotsOfCase = new WeakMap<ReviewCase, CaseSlots>()

function slotsOf(reviewCase: ReviewCase): CaseSlots {
  const known = slotsOfCase.get(reviewCase)
  if (known !== undefined) return known
  const { session, priors } = reviewCase
  const all = new Map(
    VIEWS.map((view) => [view, priors.map((prior: PriorSession) => slotOf(prior.sessionId, prior, view))]),
  )
  const made: CaseSlots = {
    current: new Map(VIEWS.map((view) => [view, slotOf(session.id, session, view)])),
    priors: new Map(VIEWS.map((view) => [view, (all.get(view) ?? []).filter((slot) => slot.photo !== null)])),
    pinned: (priorId, view) => all.get(view)?.find((slot) => slot.sessionId === priorId),
  }
  slotsOfCase.set(reviewCase, made)
  return made
}

export function currentSlot(reviewCase: ReviewCase, view: View): Slot {
  return slotsOf(reviewCase).current.get(view) ?? slotOf(reviewCase.session.id, reviewCase.session, view)
}

/** The photos of this scan, each with the slot that it is filed in. */
export function filedPhotos(reviewCase: ReviewCase): { readonly hash: PhotoHash; readonly view: View }[] {
  return VIEWS.flatMap((view) => {
    const hash = currentSlot(reviewCase, view).facts?.hash
    return hash === undefined ? [] : [{ hash, view }]
  })
}

/** Earlier scans that have this view, newest first. */
export function priorSlots(reviewCase: ReviewCase, view: View): readonly Slot[] {
  return slotsOf(reviewCase).priors.get(view) ?? []
}

/**
 * The photo beside the current one: of the scan that was pinned, even when that one has no photo of this view; without
 * a pin the newest earlier photo of it. Undefined when there is none.
 */
export function priorSlot(reviewCase: ReviewCase, view: View, priorId: SessionId | null): Slot | undefined {
  if (priorId === null) return priorSlots(reviewCase, view)[0]
  return slotsOf(reviewCase).pinned(priorId, view)
}

/** The next older (`1`) or newer (`-1`) scan with this view; the same one at either end. Null is the newest. */
export function stepPrior(reviewCase: ReviewCase, view: View, priorId: SessionId | null, by: 1 | -1): SessionId | null {
  const order = reviewCase.priors.map((prior) => prior.sessionId)
  const having = priorSlots(reviewCase, view).map((slot) => slot.sessionId)
  const at = priorId === null ? order.indexOf(having[0] ?? order[0] ?? reviewCase.session.id) : order.indexOf(priorId)
  const next = by === 1 ? having.find((id) => order.indexOf(id) > at) : having.findLast((id) => order.indexOf(id) < at)
  if (next === undefined) return priorId
  return next === having[0] ? null : next
}

const USUAL: SizePx = { widthPx: 4, heightPx: 3 }

/** The shape that most of the scan's photos have about: their mean. */
export function typicalShape(reviewCase: ReviewCase): SizePx {
  const photos = VIEWS.flatMap((view) => currentSlot(reviewCase, view).photo ?? [])
  if (photos.length === 0) return USUAL
  const widthPx = photos.reduce((sum, photo) => sum + photo.widthPx / photo.heightPx, 0) / photos.length
  return { widthPx, heightPx: 1 }
}

/** Every flag of the scan with its view, in reading order. */
export function flagsOf(reviewCase: ReviewCase): { readonly view: View; readonly flag: SlotFlag }[] {
  return VIEWS.flatMap((view) => currentSlot(reviewCase, view).flags.map((flag) => ({ view, flag })))
}

export type RingCases = {
  readonly current: ReviewCase | undefined
  readonly next: readonly ReviewCase[]
  readonly previous: ReviewCase | undefined
}

/**
 * What to decode ahead, most important first (performance.md): small ones of everything near, which is what montages
 * show, then, while the screen stands still, the large ones. What a layout shows larger its panes ask for themselves.
 * @param beyond one more than the large ones reach: small ones are cheap, and somebody leafs faster than a disk answers
 */
export function ringOf(
  { current, next, previous }: RingCases,
  activeView: View,
  priorId: SessionId | null,
  beyond?: ReviewCase,
): Wanted[] {
  const of = (size: '512' | '2048', one: ReviewCase | undefined, priorId: SessionId | null, views: readonly View[]) =>
    one === undefined
      ? []
      : views.flatMap((view) =>
          [currentSlot(one, view).photo, priorSlot(one, view, priorId)?.photo ?? null].flatMap((photo) =>
            photo === null ? [] : [{ ...wantedOf(photo, size), canWait: size !== '512' }],
          ),
        )
  const views = [activeView, ...VIEWS.filter((view) => view !== activeView)]
  const near = (size: '512' | '2048') => [
    ...of(size, current, priorId, views),
    ...next.flatMap((one) => of(size, one, null, views)),
    ...of(size, previous, null, views),
  ]
  return [...near('512'), ...of('512', beyond, null, views), ...near('2048')]
}
