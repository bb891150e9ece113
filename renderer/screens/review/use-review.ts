import { useLayoutEffect, useState } from 'react'
import type { Draft } from '../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SettingValues } from '../../../preload/contract/settings.ts'
import type { PatientId, SessionId } from '../../../server/contract/domain/ids.ts'
import type { Person } from '../../../server/contract/domain/people.ts'
import { mayDecide } from '../../../server/contract/domain/roles.ts'
import { SCORE_FIELDS, type ScoreField } from '../../../server/contract/domain/tags.ts'
import { focusScreen, useHeldKeys } from '../../commands/commands-context.tsx'
import type { HandlersFor } from '../../commands/table.ts'
import { useRules } from '../../ports/use-rules.ts'
import type { Port } from '../../ports/bridge.ts'
import { useText } from '../../text/text-context.tsx'
import { useAdjustments } from '../../viewer/use-adjustments.ts'
import { settlingVerbs } from './adjudicate/settling-verbs.ts'
import { useSettling } from './adjudicate/use-settling.ts'
import { decidingVerbs, type OpenForm } from './decide/deciding-verbs.ts'
import { needsCase } from './decide/needs-case.ts'
import { scoreVerbs } from './decide/score-verbs.ts'
import { keepOwnLook, shareLook } from './decide/shared-look.ts'
import { undoVerbs } from './decide/undo-verbs.ts'
import { listUnseen } from './decide/unseen-views.ts'
import { useAroundCase } from './decide/use-around-case.ts'
import { useNotice } from './decide/use-notice.ts'
import { useQuestions } from './decide/use-questions.ts'
import { useSecondReads } from './decide/use-second-reads.ts'
import { useWithdrawing } from './decide/use-withdrawing.ts'
import { draftAsDecided } from './draft.ts'
import { ACTION_FORM_ID, isInPanel } from './element-ids.ts'
import { type OpeningCase, useBatch } from './use-batch.ts'
import { useDecisions } from './use-decisions.ts'
import { useDisplayed } from './use-displayed.ts'
import { createKeptDrafts, type KeptDrafts, useDrafts } from './use-drafts.ts'
import { type Replacing, useReplacing } from './use-replacing.ts'
import { firstRetake } from './compare/retake-start.ts'
import type { CompareParts } from './compare/use-compare-parts.ts'
import { useStageMode } from './use-stage-mode.ts'
import { useViewport } from './use-viewport.ts'

export type ReviewInput = {
  readonly port: Port
  readonly batch: readonly SessionId[]
  readonly start: SessionId
  /** The case to start with, when it is on its way already. */
  readonly opening?: OpeningCase | undefined
  readonly person: Person | undefined
  readonly startLayout: SettingValues['compareLayout']
  readonly onLayout: (setting: SettingValues['compareLayout']) => void
  /** Opened from *needs attention*: the decision takes the place of one that was refused. */
  readonly replacing?: Replacing | null
  /** What was entered before this screen was opened, and will be found after it is closed. */
  readonly drafts?: KeptDrafts | undefined
  readonly compare: CompareParts
  readonly onPatient: (patientId: PatientId) => void
  readonly onGoals: (patientId: PatientId) => void
  readonly onClose: () => void
}

/** All state of the review screen. Keys change this state only; photos are decoded and painted before they are needed. */
export function useReview(input: ReviewInput) {
  const { port, batch: ids, start, person, startLayout, onLayout, onClose } = input
  const t = useText()
  const rules = useRules(port)
  const batch = useBatch(port, ids, start, input.opening)
  const settling = useSettling(person?.id)
  const replacement = useReplacing(port, input.replacing ?? null)
  const [ownDrafts] = useState(() => createKeptDrafts())
  // What was refused opens as it was decided, whatever was entered since.
  const keep = input.drafts === undefined || (input.replacing ?? null) !== null ? ownDrafts : input.drafts
  const drafts = useDrafts(keep, {
    fresh(now) {
      const replaced = replacement.openFor(now.session.id)
      return replaced === null ? settling.openDraft(now) : draftAsDecided(replaced.wanted)
    },
    found: (now) => (keep === ownDrafts ? undefined : now.draft),
  })
  const decisions = useDecisions(port, batch, drafts, replacement)
  const second = useSecondReads(batch.currentId)
  const { notice, say, unsay } = useNotice()
  const [chosenScore, setActiveScore] = useState<ScoreField | null>(null)
  const [form, setForm] = useState<OpenForm | null>(null)

  const withdrawing = useWithdrawing(port, person)
  // Its row goes with the feed, in a moment: nothing is decided on it any more.
  const isHere = batch.currentId === undefined || !withdrawing.isDone(batch.currentId)
  const reviewCase = isHere && batch.current?.kind === 'ready' ? batch.current.reviewCase : undefined
  const draft = reviewCase === undefined ? undefined : drafts.draftOf(reviewCase)
  const mayRead = person !== undefined && mayDecide(person.roles)
  // A second read that was just made is shown beside the first: nothing is decided until one moves on.
  const canDecide = mayRead && second.revealed === null
  const conflict = reviewCase !== undefined && canDecide ? settling.findConflict(reviewCase) : undefined
  const displayed = useDisplayed(port, batch.currentId, reviewCase, rules.seenMs)
  const around = useAroundCase(port, batch.currentId, reviewCase)
  const { pairs, checks, popOut } = input.compare
  const viewport = useViewport(pairs)
  const adjustments = useAdjustments(batch.currentId)
  const looking = useStageMode({
    startLayout,
    onLayout,
    currentId: batch.currentId,
    reviewCase,
    viewport,
    pairs,
    adjustments,
    onPopOut: () => void popOut().then((isOpen) => isOpen || say('compare.windowBlocked')),
  })
  // In a dispute the first score that is in dispute, so that a bare digit never changes what both agreed about.
  const activeScore =
    chosenScore ?? SCORE_FIELDS.find((field) => conflict?.differing.has(field) === true) ?? 'overallTracking'

  const [resetFor, setResetFor] = useState(batch.currentId)
  if (resetFor !== batch.currentId) {
    // Another case: what belonged to the one before is gone; layout, zoom and pan stay.
    setResetFor(batch.currentId)
    startAfresh()
    setActiveScore(null)
    second.close()
  }
  // Before the case is painted: a key that is pressed at its sight finds the focus where it belongs.
  useLayoutEffect(() => {
    if (batch.currentId !== undefined) focusScreen()
  }, [batch.currentId])
  const isReading = batch.currentId !== undefined && batch.current === undefined
  useHeldKeys(isReading, false, needsCase)
  useHeldKeys(decisions.isBusy, decisions.trouble !== null, needsCase)

  function startAfresh() {
    setForm(null)
    unsay()
  }
  function edit(change: (draft: Draft) => Draft) {
    if (reviewCase === undefined || !canDecide) return
    // The panel follows the photos a frame later: a click on it in between is neither case's.
    if (!decisions.isOnScreen(reviewCase.session.id)) return
    drafts.change(reviewCase, change)
    unsay()
  }
  /** The case that a verb may act on; undefined, and said why, when this person may not. */
  function findActable(): ReviewCase | undefined {
    if (isReading) say('review.stillReading')
    if (reviewCase !== undefined && !canDecide) say(mayRead ? 'second.moveOn' : 'review.cannotDecide')
    return canDecide ? reviewCase : undefined
  }
  function closeForm() {
    setForm(null)
    focusScreen()
  }
  const replacing = reviewCase === undefined ? null : replacement.openFor(reviewCase.session.id)
  const { leaveFullScreen } = looking
  const recording = { drafts, decisions, settling, second }
  const hands = { t, ...recording, form, setForm, setActiveScore, findActable, edit, say, leaveFullScreen }
  const deciding = decidingVerbs({
    ...hands,
    setActiveView: looking.setActiveView,
    listUnseen: (now) => listUnseen(now, displayed.seen, rules.seenMs),
    personId: person?.id,
  })
  const questions = useQuestions({
    ...hands,
    reviewCase,
    personId: person?.id,
    canDecide,
    takeLook: (now) => shareLook(looking.mode, viewport.looks, now),
    keepOwn: (changedView) => keepOwnLook(looking.mode, viewport.looks, changedView),
    look: { ...looking, showLook: viewport.show },
  })

  const commands: HandlersFor<'review'> = {
    ...deciding.commands,
    ...scoreVerbs({ ...hands, activeScore, rules, fullScreen: looking.mode.fullScreen }),
    ...undoVerbs({ decisions, batch, say }),
    ...settlingVerbs({ ...hands, decide: deciding.decide, startAfresh }),
    ...questions.commands,
    ...looking.commands,
    // It would take an open form away, with what was ticked in it.
    'review.fullScreen': () => (form === null ? looking.commands['review.fullScreen']() : undefined),
    'review.retakeFlagged': () => {
      const start = reviewCase === undefined ? null : firstRetake(reviewCase, looking.mode.activeView, checks)
      if (start === null) say('compare.nothingDoubtful')
      else deciding.openRetake(start)
    },
    'review.next': batch.goNext,
    'review.previous': batch.goPrevious,
    'review.patient': () => {
      if (reviewCase !== undefined) input.onPatient(reviewCase.patient.id)
    },
    'review.goals': () => {
      if (reviewCase !== undefined) input.onGoals(reviewCase.patient.id)
    },
    'review.withdraw': withdrawing.commandOf(reviewCase),
    'review.send': () => {
      const open = document.getElementById(ACTION_FORM_ID)
      if (!(open instanceof HTMLFormElement)) return false
      return open.requestSubmit()
    },
    'review.close': () => {
      if (form !== null) closeForm()
      else if (adjustments.picking !== null) adjustments.pickGrey(null)
      else if (second.revealed !== null) second.close()
      else if (looking.mode.fullScreen) looking.leaveFullScreen()
      else if (isInPanel(document.activeElement)) focusScreen()
      else decisions.whenSaved(onClose)
    },
  }

  const onTable = {
    batch,
    reviewCase,
    draft,
    foundAtMs: reviewCase === undefined ? undefined : drafts.foundAtMs(reviewCase),
    conflict,
    replacing,
    decisions,
    settling,
    second,
    questions,
    notice,
    withdrawing,
  }
  const seeing = { rules, displayed, viewport, adjustments, looking }
  return {
    ...onTable,
    ...around,
    ...seeing,
    canDecide,
    activeScore,
    setActiveScore,
    commands,
    edit,
    closeForm,
    mode: looking.mode,
    form: form?.kind ?? null,
    formStart: form?.start ?? null,
    decide: deciding.decide,
    /** What stands for the patient when somebody decides here once more; undefined for a first read. */
    standing:
      reviewCase === undefined ? undefined : deciding.standingBefore(reviewCase, settling.purposeOf(reviewCase)),
    setActiveView: looking.setActiveView,
    retake: deciding.openRetake,
  }
}
export type Review = ReturnType<typeof useReview>
