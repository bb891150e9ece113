import { useEffect, useMemo, useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { SettingValues } from '../../../preload/contract/settings.ts'
import type { SessionId } from '../../../server/contract/domain/ids.ts'
import type { Person } from '../../../server/contract/domain/people.ts'
import { mayDecide } from '../../../server/contract/domain/roles.ts'
import { type ActionTaken, SCORE_FIELDS, type Score, type ScoreField } from '../../../server/contract/domain/tags.ts'
import { VIEWS, type View } from '../../../server/contract/domain/views.ts'
import { focusScreen } from '../../commands/commands-context.tsx'
import type { HandlersFor } from '../../commands/table.ts'
import type { Port } from '../../ports/bridge.ts'
import type { TextKey } from '../../text/table.ts'
import type { FormKind } from './action-form.tsx'
import { oldestPriorAge } from './case-photos.ts'
import { type Draft, findMissingScore, nextStageOf, setScore, stageOf } from './draft.ts'
import { ACTION_FORM_ID, DETAILS_ID, NOTE_ID, scoreId } from './element-ids.ts'
import { type Layout, nextLayout, type StageMode } from './layouts.ts'
import { useBatch } from './use-batch.ts'
import { useDecisions } from './use-decisions.ts'
import { useDisplayed } from './use-displayed.ts'
import { useDrafts } from './use-drafts.ts'
import { useViewport } from './use-viewport.ts'

export type ReviewInput = {
  readonly port: Port
  readonly batch: readonly SessionId[]
  readonly start: SessionId
  readonly person: Person | undefined
  readonly startLayout: SettingValues['compareLayout']
  readonly onLayout: (setting: SettingValues['compareLayout']) => void
  readonly onClose: () => void
}

/** All state of the review screen. Keys change this state only; photos are decoded and painted before they are needed. */
export function useReview({ port, batch: ids, start, person, startLayout, onLayout, onClose }: ReviewInput) {
  const batch = useBatch(port, ids, start)
  const drafts = useDrafts(person?.id)
  const decisions = useDecisions(port, person?.id, batch, drafts)
  const displayed = useDisplayed(port, batch.currentId)
  const viewport = useViewport()
  const [layout, setLayout] = useState<Layout>(startLayout === 'pair' ? 'single' : 'pairs')
  const [activeView, setActiveView] = useState<View>('frontal')
  const [fullScreen, setFullScreen] = useState(false)
  const [blinking, setBlinking] = useState(false)
  const [difference, setDifference] = useState(false)
  const [priorAge, setPriorAge] = useState(0)
  const [activeScore, setActiveScore] = useState<ScoreField>('overallTracking')
  const [form, setForm] = useState<FormKind | null>(null)
  /** The words of `key` are said aloud and shown; `turn` makes the same words count again. */
  const [notice, setNotice] = useState<{ readonly key: TextKey; readonly turn: number } | null>(null)

  const reviewCase = batch.current?.kind === 'ready' ? batch.current.reviewCase : undefined
  const draft = reviewCase === undefined ? undefined : drafts.draftOf(reviewCase)
  const canDecide = person !== undefined && mayDecide(person.roles)

  const [resetFor, setResetFor] = useState(batch.currentId)
  if (resetFor !== batch.currentId) {
    // Another case: what belonged to the one before is gone; layout, zoom and pan stay.
    setResetFor(batch.currentId)
    setForm(null)
    setNotice(null)
    setPriorAge(0)
    setActiveScore('overallTracking')
  }
  useEffect(() => {
    if (batch.currentId !== undefined) focusScreen()
  }, [batch.currentId])

  const mode: StageMode = useMemo(
    () => ({ layout, activeView, fullScreen, blinking, difference, priorAge }),
    [layout, activeView, fullScreen, blinking, difference, priorAge],
  )
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
    const entered = drafts.latestDraftOf(now)
    const missing = findMissingScore(entered, action.kind)
    if (missing !== undefined) {
      setForm(null)
      focusScore(missing)
      return say('review.needsTracking')
    }
    void decisions.decide(now, entered, action, stageOf(now))
  }
  function openForm(kind: FormKind) {
    const now = findActable()
    if (now === undefined) return
    const missing =
      kind === 'hold' || kind === 'approve' ? findMissingScore(drafts.latestDraftOf(now), 'hold_aligner') : undefined
    if (missing === undefined) return setForm(kind)
    focusScore(missing)
    return say('review.needsTracking')
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
  function moveView(by: 1 | -1) {
    setActiveView((was) => VIEWS[(VIEWS.indexOf(was) + by + VIEWS.length) % VIEWS.length] ?? 'frontal')
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
    'review.nextView': () => moveView(1),
    'review.previousView': () => moveView(-1),
    'review.compare': () => {
      const next = nextLayout(layout)
      setLayout(next)
      setFullScreen(false)
      onLayout(next === 'single' ? 'pair' : 'montage')
    },
    'review.blink': { press: () => setBlinking(true), release: () => setBlinking(false) },
    'review.difference': () => setDifference((was) => !was),
    'review.zoom': () => {
      if (batch.currentId !== undefined) viewport.zoomAtPointer(batch.currentId, activeView)
    },
    'review.fit': () => {
      if (batch.currentId !== undefined) viewport.fit(batch.currentId)
    },
    'review.olderPrior': () => {
      if (reviewCase !== undefined) setPriorAge((age) => Math.min(age + 1, oldestPriorAge(reviewCase)))
    },
    'review.newerPrior': () => setPriorAge((age) => Math.max(0, age - 1)),
    'review.fullScreen': () => setFullScreen((was) => !was),
    'review.note': () => focusById(NOTE_ID),
    'review.details': () => focusById(DETAILS_ID),
    'review.send': () => {
      const open = document.getElementById(ACTION_FORM_ID)
      if (!(open instanceof HTMLFormElement)) return false
      return open.requestSubmit()
    },
    'review.close': () => {
      if (form !== null) closeForm()
      else if (fullScreen) setFullScreen(false)
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
    mode,
    activeScore,
    form,
    notice,
    commands,
    decide,
    edit,
    closeForm,
    setActiveScore,
    setActiveView,
    setPriorAge,
  }
}
export type Review = ReturnType<typeof useReview>

function focusById(id: string) {
  document.getElementById(id)?.focus()
}
