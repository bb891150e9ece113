import { z } from 'zod'
import { KnownPair } from '../../../../preload/contract/alignment.ts'
import { PhotoHash, SessionId } from '../../../../server/contract/domain/ids.ts'
import { View } from '../../../../server/contract/domain/views.ts'

/** Between the windows of one workstation. Both are of one origin: nobody else hears it, and it holds ids only. */
export const FOLLOW_CHANNEL = 'loupe-compare'

const SharedLook = z.strictObject({ zoom: z.number(), x: z.number(), y: z.number() })

/** What the main window has on screen. */
export const Shown = z.strictObject({
  sessionId: SessionId,
  view: View,
  priorId: SessionId.nullable(),
  overlay: z.enum(['none', 'difference', 'swipe']),
  swipeAt: z.number().min(0).max(1),
  blinking: z.boolean(),
  look: SharedLook,
})
export type Shown = z.infer<typeof Shown>

/** From the main window. Null: no case is open. */
export const FromMain = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shown'), shown: Shown.nullable() }),
  z.strictObject({ kind: z.literal('pair'), known: KnownPair }),
])
export type FromMain = z.infer<typeof FromMain>

/** A key that was pressed in the second window means what it means in the first. */
export const PressedKey = z.strictObject({
  type: z.enum(['keydown', 'keyup']),
  key: z.string(),
  code: z.string(),
  repeat: z.boolean(),
  ctrlKey: z.boolean(),
  altKey: z.boolean(),
  shiftKey: z.boolean(),
  metaKey: z.boolean(),
  altGraph: z.boolean(),
})
export type PressedKey = z.infer<typeof PressedKey>

/** From the second window. */
export const FromFollower = z.discriminatedUnion('kind', [
  /** It has opened and wants to know what is on screen. */
  z.strictObject({ kind: z.literal('hello') }),
  z.strictObject({ kind: z.literal('key'), pressed: PressedKey }),
  /** Somebody works there, or has left it: their time on the case goes on, and the main window does not lock itself. */
  z.strictObject({ kind: z.literal('alive'), isHere: z.boolean() }),
  z.strictObject({ kind: z.literal('look'), view: View, look: SharedLook }),
  z.strictObject({ kind: z.literal('pin'), priorId: SessionId }),
  z.strictObject({ kind: z.literal('swipe'), at: z.number().min(0).max(1) }),
  /** A photo was on screen in the second window for as long as the practice wants, at fit or larger. */
  z.strictObject({ kind: z.literal('seen'), sessionId: SessionId, view: View, photo: PhotoHash }),
  /** A hand lined the pair up in the second window. */
  z.strictObject({ kind: z.literal('nudge'), pair: KnownPair.shape.pair, x: z.number(), y: z.number() }),
])
export type FromFollower = z.infer<typeof FromFollower>
