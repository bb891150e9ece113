import { useEffect, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SettingValues } from '../../../preload/contract/settings.ts'
import type { PatientId, SessionId } from '../../../server/contract/domain/ids.ts'
import type { Person } from '../../../server/contract/domain/people.ts'
import { mayDecide } from '../../../server/contract/domain/roles.ts'
import { type ActionTaken, SCORE_FIELDS, type Score, type ScoreField } from '../../../server/contract/domain/tags.ts'
import { focusScreen } from '../../commands/commands-context.tsx'
import type { HandlersFor } from '../../commands/table.ts'
import type { Port } from '../../ports/bridge.ts'
import type { TextKey } from '../../text/table.ts'
import { findUnsettled } from './adjudicate/conflict.ts'
import { settlingVerbs } from './adjudicate/settling-verbs.ts'
import { useSettling } from './adjudicate/use-settling.ts'
import type { FormKind } from './action-form.tsx'
import { type Draft, draftOfRead, findMissingScore, nextStageOf, setScore, stageOf } from './draft.ts'
import { ACTION_FORM_ID, DETAILS_ID, NOTE_ID, scoreId } from './element-ids.ts'
import { useBatch } from './use-batch.ts'
import { useDecisions } from './use-decisions.ts'
import { useDisplayed } from './use-displayed.ts'
import { useDrafts } from './use-drafts.ts'
import { type Replacing, useReplacing } from './use-replacing.ts'
import { useStageMode } from './use-stage-mode.ts'
import { useViewport } from './use-viewport.ts'

export type ReviewInput = {
  readonly port: Port
  readonly batch: readonly SessionId[]
  readonly start: SessionId
  readonly person: Person | undefined
  readonly startLayout: SettingValues['compareLayout']
  readonly onLayout: (setting: SettingValues['compareLayout']) => void
  /** Opened from *needs attention*: the decision takes the place of one that was refused. */
  readonly replacing?: Replacing | null
  readonly onPatient: (patientId: PatientId) => void
  readonly onClose: () => void
}

/** All state of the review screen. Keys change this state only; photos are decoded and painted before they are needed. */
export function useReview(input: ReviewInput) {
  const { port, batch: ids, start, person, startLayout, onLayout, onClose } = input
  const batch = useBatch(port, ids, start)
  const settling = useSettling(person?.id)
  const replacement = useReplacing(port, input.replacing ?? null)
  const drafts = useDrafts((now) => {
    const replaced = replacement.openFor(now.session.id)
    return replaced === null ? settling.openDraft(now) : draftOfRead(replaced.wanted)
  })
  const decisions = useDecisions(port, batch, drafts, replacement)
  const displayed = useDisplayed(port, batch.currentId)
  const viewport = useViewport()
  const [chosenScore, setActiveScore] = useState<ScoreField | null>(null)
  const [form, setForm] = useState<FormKind | null>(null)
  /** The words of `key` are said aloud and shown; `turn` makes the same words count again. */
  const [notice, setNotice] = useState<{ readonly key: TextKey; readonly turn: number } | null>(null)

  const reviewCase = batch.current?.kind === 'ready' ? batch.current.reviewCase : undefined
  const draft = reviewCase === undefined ? undefined : drafts.draftOf(reviewCase)
  const canDecide = person !== undefined && mayDecide(person.roles)
  const conflict = reviewCase !== undefined && canDecide ? settling.findConflict(reviewCase) : undefined
  const looking = useStageMode({ startLayout, onLayout, currentId: batch.currentId, reviewCase, viewport })
  // In a dispute the first score that is in dispute, so that a bare digit never changes what both agreed about.
  const activeScore =
    chosenScore ?? SCORE_FIELDS.find((field) => conflict?.differing.has(field) === true) ?? 'overallTracking'

  const [resetFor, setResetFor] = useState(batch.currentId)
  if (resetFor !== batch.currentId) {
    // Another case: what belonged to the one before is gone; layout, zoom and pan stay.
    setResetFor(batch.currentId)
    setForm(null)
    setNotice(null)
    setActiveScore(null)
  }
  useEffect(() => {
    if (batch.currentId !== undefined) focusScreen()
  }, [batch.currentId])

  const say = (key: TextKey) => setNotice((was) => ({ key, turn: (was?.turn ?? 0) + 1 }))
  function edit(change: (draft: Draft) => Draft) {
    if (reviewCase === undefined || !canDecide) return
    drafts.change(reviewCase, change)
    setNotice(null)
  }
  function focusScore(field: ScoreField) {
    setActiveScore(field)
    focusById(scoreId(field))
  }
  /** The case that a verb may act on; undefined, and said why, when this person may not. */
  function findActable(): ReviewCase | undefined {
    if (reviewCase !== undefined && !canDecide) say('review.cannotDecide')
    return canDecide ? reviewCase : undefined
  }
  function decide(action: ActionTaken) {
    const now = findActable()
    if (now === undefined) return
    const draft = drafts.latestDraftOf(now)
    if (isMissing(now, draft, action.kind)) return
    void decisions.decide(now, { draft, action, fromStage: stageOf(now) }, settling.purposeOf(now))
  }
  /** Goes to the score that has to be set before this action, and says why. */
  function isMissing(now: ReviewCase, draft: Draft, kind: ActionTaken['kind']): boolean {
    const dispute = settling.findConflict(now)
    const unsettled = dispute === undefined ? undefined : findUnsettled(dispute, draft)
    const missing = findMissingScore(draft, kind) ?? unsettled
    if (missing === undefined) return false
    setForm(null)
    focusScore(missing)
    say(missing === unsettled ? 'adjudicate.needsScore' : 'review.needsTracking')
    return true
  }
  function openForm(kind: FormKind) {
    const now = findActable()
    if (now === undefined) return
    const needsTracking = kind === 'hold' || kind === 'approve'
    if (!isMissing(now, drafts.latestDraftOf(now), needsTracking ? 'hold_aligner' : 'none')) setForm(kind)
  }
  function approve() {
    const now = findActable()
    if (now === undefined) return
    const toStage = nextStageOf(now)
    if (toStage === null) openForm('approve')
    else decide({ kind: 'approve_progression', toStage })
  }
  function score(value: Score) {
    const now = findActable()
    if (now === undefined) return
    if (activeScore === 'alignerFit' && drafts.latestDraftOf(now).aligners === 'out') return say('review.fitOut')
    edit((draft) => setScore(draft, activeScore, value))
  }
  function moveScore(by: 1 | -1): void | false {
    const focused = document.activeElement
    const isAtHome = focused === null || focused === document.body || focused.hasAttribute('data-command-root')
    // Tab among buttons and fields is the browser's: the panel must not trap it.
    if (!isAtHome && focused.closest('[data-scores]') === null) return false
    const next = SCORE_FIELDS[SCORE_FIELDS.indexOf(activeScore) + by]
    if (next === undefined) return false
    focusScore(next)
  }
  function startAfresh() {
    setForm(null)
    setNotice(null)
  }

  const commands: HandlersFor<'review'> = {
    'review.tag': () => focusScore('overallTracking'),
    'review.approve': approve,
    'review.message': () => openForm('message'),
    'review.next': batch.goNext,
    'review.previous': batch.goPrevious,
    'review.hold': () => openForm('hold'),
    'review.schedule': () => openForm('schedule'),
    'review.retake': () => openForm('retake'),
    'review.refer': () => openForm('refer'),
    'review.undo': () => {
      if (decisions.last === null) return say('review.nothingToTakeBack')
      void decisions.takeBack()
    },
    'review.value1': () => score(1),
    'review.value2': () => score(2),
    'review.value3': () => score(3),
    'review.nextScore': () => moveScore(1),
    'review.previousScore': () => moveScore(-1),
    ...settlingVerbs({ settling, drafts, findActable, say, decide, startAfresh }),
    ...looking.commands,
    'review.patient': () => {
      if (reviewCase !== undefined) input.onPatient(reviewCase.patient.id)
    },
    'review.note': () => focusById(NOTE_ID),
    'review.details': () => focusById(DETAILS_ID),
    'review.send': () => {
      const open = document.getElementById(ACTION_FORM_ID)
      if (!(open instanceof HTMLFormElement)) return false
      return open.requestSubmit()
    },
    'review.close': () => {
      if (form !== null) closeForm()
      else if (looking.mode.fullScreen) looking.leaveFullScreen()
      else onClose()
    },
  }
  function closeForm() {
    setForm(null)
    focusScreen()
  }

  return {
    batch,
    reviewCase,
    draft,
    canDecide,
    decisions,
    displayed,
    viewport,
    mode: looking.mode,
    settling,
    conflict,
    replacing: reviewCase === undefined ? null : replacement.openFor(reviewCase.session.id),
    activeScore,
    form,
    notice,
    commands,
    decide,
    edit,
    closeForm,
    setActiveScore,
    setActiveView: looking.setActiveView,
    setPriorAge: looking.setPriorAge,
  }
}
export type Review = ReturnType<typeof useReview>

function focusById(id: string) {
  document.getElementById(id)?.focus()
}
