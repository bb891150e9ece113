import type { CrashAt } from '../workstation/disk.ts'
import type { PracticeWork } from '../change-practice.ts'
import type { Fate } from './fates.ts'

/**
 * One thing that happens. Numbers name what is there at that moment, counted round: a step that finds nothing to do
 * does nothing, so that any step may be left out when a failing story is made shorter.
 */
export type Step =
  | {
      readonly do: 'decide'
      readonly at: number
      readonly scan: number
      readonly kind: number
      readonly crash?: CrashAt
    }
  | { readonly do: 'take-back'; readonly at: number }
  /** Fates are of its next pushes, and of its next other requests, whenever they are sent. */
  | {
      readonly do: 'sync'
      readonly at: number
      readonly push: readonly Fate[]
      readonly pull: readonly Fate[]
      readonly crash?: CrashAt
    }
  | { readonly do: 'wait'; readonly ms: number; readonly crash?: CrashAt & { readonly at: number } }
  | { readonly do: 'crash'; readonly at: number }
  | { readonly do: 'switch'; readonly at: number; readonly person: number }
  | { readonly do: 'clock'; readonly at: number; readonly byMs: number }
  | { readonly do: 'cable'; readonly at: number; readonly cut: boolean }
  | { readonly do: 'sign-in'; readonly at: number; readonly over: boolean }
  | { readonly do: 'release'; readonly held: number }
  | { readonly do: 'stale'; readonly request: number }
  | { readonly do: 'restart' }
  | { readonly do: 'scan'; readonly practice: number; readonly patient: number }
  | { readonly do: 'role'; readonly practice: number; readonly person: number; readonly clinician: boolean }
  | {
      readonly do: 'attend'
      readonly at: number
      readonly entry: number
      readonly how: 'retry' | 'discard' | 'confirm'
    }
  | { readonly do: 'disk'; readonly at: number; readonly full: boolean }
  | {
      readonly do: 'patient'
      readonly at: number
      readonly patient: number
      readonly stage: number
      readonly crash?: CrashAt
    }
  /** Rules, goals, questions and their answers. */
  | {
      readonly do: 'practice'
      readonly at: number
      readonly work: PracticeWork
      readonly number: number
      readonly crash?: CrashAt
    }
  | { readonly do: 'withdraw'; readonly practice: number; readonly scan: number }
  /** Everybody is away for so long; then the server does its nightly work. */
  | { readonly do: 'away'; readonly days: number }
  /** A photo comes on screen; fates are of the requests for its address and its bytes. */
  | {
      readonly do: 'show'
      readonly at: number
      readonly photo: number
      readonly fates: readonly Fate[]
      readonly crash?: CrashAt
    }
  /** A row of the server's goes from a workstation's file: a disk that forgets. */
  | { readonly do: 'damage'; readonly at: number; readonly row: number }
  | { readonly do: 'version'; readonly at: number; readonly old: boolean }

/** Where a run begins. */
export type Scene = {
  readonly practices: readonly {
    readonly people: number
    readonly patients: number
    readonly scans: number
  }[]
  readonly stations: readonly {
    readonly practice: number
    readonly people: readonly number[]
    /** Of the requests of its first copy. */
    readonly first: readonly Fate[]
    readonly crash?: CrashAt
  }[]
  readonly pageRows: number
}
export type Plan = { readonly seed: number; readonly scene: Scene; readonly steps: readonly Step[] }
