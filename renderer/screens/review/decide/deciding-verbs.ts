import type { Draft } from '../../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import type { View } from '../../../../server/contract/domain/views.ts'
import { type ActionTaken, isPatientFacing, type ScoreField } from '../../../../server/contract/domain/tags.ts'
import type { PersonId } from '../../../../server/contract/domain/ids.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import type { HandlersFor } from '../../../commands/table.ts'
import { actionWords } from '../../../text/action-words.ts'
import type { Translate } from '../../../text/text-context.tsx'
import type { FormKind } from '../action-form.tsx'
import { findUnsettled } from '../adjudicate/conflict.ts'
import type { Settling } from '../adjudicate/use-settling.ts'
import { findMissingScore, nextStageOf, type ReadPurpose, stageOf } from '../draft.ts'
import { DETAILS_ID, focusById, REASON_ID, scoreId } from '../element-ids.ts'
import type { Decisions } from '../use-decisions.ts'
import type { Drafts } from '../use-drafts.ts'
import { findStanding } from './correction.ts'
import type { SecondReads } from './use-second-reads.ts'
import type { Say } from './use-notice.ts'

/** `passOver`: opened to approve although not every view was on screen. */
export type OpenForm = {
  readonly kind: FormKind
  readonly passOver: boolean
  /** What the form begins with: a retake of what is doubtful about a photo. */
  readonly start?: ActionTaken
}

type Hands = {
  readonly t: Translate
  readonly drafts: Drafts
  readonly decisions: Decisions
  readonly settling: Settling
  readonly second: SecondReads
  readonly form: OpenForm | null
  readonly setForm: (form: OpenForm | null) => void
  readonly setActiveScore: (field: ScoreField) => void
  readonly setActiveView: (view: View) => void
  /** What has to be said is in the panel, and in full screen there is none. */
  readonly leaveFullScreen: () => void
  readonly listUnseen: (reviewCase: ReviewCase) => readonly View[]
  readonly personId: PersonId | undefined
  readonly findActable: () => ReviewCase | undefined
  readonly say: Say
}
type Verb = 'approve' | 'approveUnseen' | 'goUnseen' | 'message' | 'hold' | 'schedule' | 'retake' | 'refer'

/** The verbs that decide. Each says what is missing, goes there, and decides nothing then. */
export function decidingVerbs(hands: Hands) {
  const { t, drafts, decisions, settling, form, setForm, findActable, listUnseen, say } = hands

  const standingBefore = (now: ReviewCase, purpose: ReadPurpose) =>
    findStanding(now, purpose, hands.personId, decisions.gone?.readId ?? null)

  function decide(action: ActionTaken, passOver = form?.passOver ?? false) {
    const now = findActable()
    if (now === undefined) return
    const draft = drafts.latestDraftOf(now)
    const unseen = listUnseen(now)
    const approves = action.kind === 'approve_progression'
    if (isMissing(now, draft, action.kind) || isHalfEntered() || (approves && !passOver && isUnseen(unseen))) return
    const purpose = settling.purposeOf(now)
    const standing = isPatientFacing(action.kind) ? standingBefore(now, purpose) : undefined
    const reason = (draft.reason ?? '').trim()
    if (standing?.correct === 'must' && reason === '') {
      hands.leaveFullScreen()
      focusById(REASON_ID)
      if (!standing.isHere) return say('decide.needsReason')
      return say('decide.replacing', { action: actionWords(standing.action.action, t) })
    }
    const decided = {
      draft,
      action,
      fromStage: stageOf(now),
      hasty: unseen.length > 0,
    }
    const corrects = standing !== undefined && standing.correct !== 'never' && reason !== ''
    const extras = {
      ...(approves && unseen.length > 0 && { unseen: [...unseen] }),
      ...(now.secondReadId !== null && { secondReadId: now.secondReadId }),
      ...(corrects && { corrects: { actionId: standing.action.id, reason } }),
    }
    const made = decisions.decide(now, decided, purpose, extras)
    void restFocus(made)
    if (now.secondReadId !== null) void revealWhen(made, now, action)
  }
  /** What is typed from here on is meant for the case that comes, not for the field that goes; not saved, the field has it again. */
  async function restFocus(made: ReturnType<Decisions['decide']>) {
    const before = document.activeElement
    focusScreen()
    const isSaved = (await made) !== null
    const isFree = document.activeElement?.hasAttribute('data-command-root') === true
    if (!isSaved && isFree && before instanceof HTMLElement && before.isConnected) before.focus()
  }
  async function revealWhen(made: ReturnType<Decisions['decide']>, now: ReviewCase, wanted: ActionTaken) {
    const readId = await made
    // Whoever moved on meanwhile is not interrupted.
    if (readId === null || !decisions.isOnScreen(now.session.id)) return
    setForm(null)
    hands.leaveFullScreen()
    hands.second.reveal(now.session.id, readId, wanted)
    focusScreen()
  }
  /** Goes to the score that has to be set before this action, and says why. */
  function isMissing(now: ReviewCase, draft: Draft, kind: ActionTaken['kind']): boolean {
    const dispute = settling.findConflict(now)
    const unsettled = dispute === undefined ? undefined : findUnsettled(dispute, draft)
    const missing = findMissingScore(draft, kind) ?? unsettled
    if (missing === undefined) return false
    setForm(null)
    hands.setActiveScore(missing)
    hands.leaveFullScreen()
    focusById(scoreId(missing))
    say(missing === unsettled ? 'adjudicate.needsScore' : 'review.needsTracking')
    return true
  }
  /** A detail was typed and its field left without Enter: decided now it would be lost, and nobody would know. */
  function isHalfEntered(): boolean {
    const field = document.getElementById(DETAILS_ID)
    if (!(field instanceof HTMLInputElement) || field.value.trim() === '') return false
    hands.leaveFullScreen()
    focusById(DETAILS_ID)
    say('review.detailNotEntered')
    return true
  }
  /** Says which views were not on screen yet; a key goes there, and a key passes over them. */
  function isUnseen(unseen: readonly View[]): boolean {
    if (unseen.length === 0) return false
    say('decide.notAllSeen', { views: unseen.map((view) => t(`viewShort.${view}`)).join(', ') })
    return true
  }
  function openForm(kind: FormKind, passOver = false) {
    const now = findActable()
    if (now === undefined) return
    const needsTracking = kind === 'hold' || kind === 'approve'
    if (!isMissing(now, drafts.latestDraftOf(now), needsTracking ? 'hold_aligner' : 'none')) show({ kind, passOver })
  }
  /** Behind photos in full screen nobody would see it, and what is typed for it would be verbs. */
  function show(opened: OpenForm) {
    setForm(opened)
    hands.leaveFullScreen()
  }
  function approve(passOver: boolean) {
    const now = findActable()
    if (now === undefined) return
    const toStage = nextStageOf(now)
    if (toStage !== null) return decide({ kind: 'approve_progression', toStage }, passOver)
    if (isMissing(now, drafts.latestDraftOf(now), 'approve_progression')) return
    if (passOver || !isUnseen(listUnseen(now))) openForm('approve', passOver)
  }

  const commands: Pick<HandlersFor<'review'>, `review.${Verb}`> = {
    'review.approve': () => approve(false),
    'review.approveUnseen': () => approve(true),
    'review.goUnseen': () => {
      const now = findActable()
      const [first] = now === undefined ? [] : listUnseen(now)
      if (first === undefined) say('decide.allSeen')
      else hands.setActiveView(first)
    },
    'review.message': () => openForm('message'),
    'review.hold': () => openForm('hold'),
    'review.schedule': () => openForm('schedule'),
    'review.retake': () => openForm('retake'),
    'review.refer': () => openForm('refer'),
  }
  return {
    commands,
    decide,
    standingBefore,
    /** From the photo: the form, filled with its view and what is doubtful about it. */
    openRetake: (start: Extract<ActionTaken, { kind: 'request_retake' }>) => {
      if (findActable() !== undefined) show({ kind: 'retake', passOver: false, start })
    },
  }
}
