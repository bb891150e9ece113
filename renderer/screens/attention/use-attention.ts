import { useState } from 'react'
import type { AttentionEntry, ReplacePracticeChange } from '../../../preload/contract/attention.ts'
import type { MutationId, SessionId } from '../../../server/contract/domain/ids.ts'
import type { RecordRead } from '../../../server/contract/domain/reads.ts'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { focusScreen } from '../../commands/commands-context.tsx'
import type { HandlersFor } from '../../commands/table.ts'
import { usePort } from '../../ports/port-context.tsx'
import type { PatientSet } from '../../patient/patient-draft.ts'
import { isOfRules, letGoOf, type LetGoWords, maySend, setsValues } from './attention-words.ts'
import { ATTENTION_FORM_ID } from './element-ids.ts'
import { useEntries } from './use-entries.ts'

/** A refused decision, for whoever opens the scan to decide anew in its place. */
export type Refused = { readonly mutationId: MutationId; readonly wanted: RecordRead }

type Options = {
  /** Kept by the shell, so that coming back from a scan finds the same entry. */
  readonly selectedId: MutationId | null
  readonly onSelect: (id: MutationId | null) => void
  readonly onOpen: (sessionId: SessionId) => void
  /** Opens the scan to decide anew, in the place of the refused decision. */
  readonly onReplace: (refused: Refused) => void
  readonly onRules: () => void
}
type Done =
  | 'attention.retried'
  | 'attention.setMineDone'
  | 'attention.confirmed'
  | 'attention.replaced'
  | 'attention.resent'
  | LetGoWords['done']
export type Notice = { readonly key: Done } | { readonly key: 'attention.notDone'; readonly why: ErrorCode }
/** What is asked before anything happens: why it is let go, whether it is really sent, what the fields shall be. */
export type OpenForm = 'discard' | 'confirm' | 'change' | 'changePractice'

/** The list, which of it is selected, and what can be done with that one. */
export function useAttention({ selectedId, onSelect, onOpen, onReplace, onRules }: Options) {
  const port = usePort()
  const { entries, failed, reload } = useEntries()
  const [form, setForm] = useState<{ readonly kind: OpenForm; readonly of: MutationId } | null>(null)
  const [said, setSaid] = useState<{ readonly notice: Notice; readonly of: readonly AttentionEntry[] } | null>(null)
  const [busy, setBusy] = useState(false)
  /** Its place, for when the selected one has gone: the next one moves up. */
  const [place, setPlace] = useState(0)

  const list = entries ?? []
  const at = list.findIndex((entry) => entry.mutationId === selectedId)
  const index = at === -1 ? Math.min(place, Math.max(0, list.length - 1)) : at
  const selected = list[index]
  // What came in since (the new attempt was refused too) makes the words about the last act untrue.
  const isNews = list.some((entry) => said?.of.every((old) => old.mutationId !== entry.mutationId))
  const notice = said === null || isNews ? null : said.notice
  const setNotice = (next: Notice | null) => setSaid(next === null ? null : { notice: next, of: list })
  const openForm = selected !== undefined && form?.of === selected.mutationId ? form.kind : null

  function select(to: number) {
    const next = Math.max(0, Math.min(list.length - 1, to))
    setPlace(next)
    setForm(null)
    setNotice(null)
    onSelect(list[next]?.mutationId ?? null)
  }
  function ask(kind: OpenForm) {
    if (selected === undefined || busy) return
    // The list may lose entries while the form is open: it stays with the one that it was opened for.
    onSelect(selected.mutationId)
    setNotice(null)
    setForm({ kind, of: selected.mutationId })
  }
  function closeForm() {
    setForm(null)
    focusScreen()
  }
  /** One act at a time; a refused one leaves everything as it is and says why. */
  async function settle(work: () => Promise<unknown>, done: Done) {
    if (busy) return
    setBusy(true)
    setPlace(index)
    try {
      await work()
      setNotice({ key: done })
      closeForm()
      reload()
    } catch (cause) {
      setNotice({ key: 'attention.notDone', why: AppError.from(cause).code })
    } finally {
      setBusy(false)
    }
  }
  const retry = () => {
    if (selected?.mayRetry !== true) return
    const { mutationId } = selected
    const done = setsValues(selected) ? 'attention.setMineDone' : 'attention.retried'
    void settle(() => port.call('attention.retry', { mutationId }), done)
  }
  const discard = (entry: AttentionEntry, reason: string) => {
    const { mutationId } = entry
    void settle(() => port.call('attention.discard', { mutationId, reason }), letGoOf(entry).done)
  }
  const confirm = ({ mutationId }: AttentionEntry) =>
    void settle(() => port.call('attention.confirm', { mutationId }), 'attention.confirmed')
  const change = ({ mutationId }: AttentionEntry, set: PatientSet) =>
    void settle(() => port.call('attention.replacePatientChange', { mutationId, set }), 'attention.replaced')
  const changePractice = ({ mutationId }: AttentionEntry, to: ReplacePracticeChange['change']) => {
    const done = to.about === 'goal' ? 'attention.replaced' : 'attention.resent'
    void settle(() => port.call('attention.replacePracticeChange', { mutationId, change: to }), done)
  }
  const open = () => {
    if (selected === undefined || (selected.scan === null && !isOfRules(selected))) return
    onSelect(selected.mutationId)
    if (selected.scan === null) return onRules()
    onOpen(selected.scan.sessionId)
  }
  const edit = () => {
    if (selected?.mayEdit !== true) return
    if (selected.patientChange !== null) return ask('change')
    if (selected.practiceChange !== undefined) return ask('changePractice')
    const { wanted, mutationId } = selected
    if (wanted === null) return
    onSelect(mutationId)
    onReplace({ mutationId, wanted })
  }

  /** While a form is open every other verb rests: its keys must do nothing else by the way. */
  const unlessAsking = (verb: () => void) => () => {
    if (openForm === null) verb()
  }
  const commands: HandlersFor<'attention'> = {
    'attention.next': unlessAsking(() => select(index + 1)),
    'attention.previous': unlessAsking(() => select(index - 1)),
    'attention.first': unlessAsking(() => select(0)),
    'attention.last': unlessAsking(() => select(list.length - 1)),
    'attention.open': unlessAsking(open),
    'attention.edit': unlessAsking(edit),
    'attention.retry': unlessAsking(retry),
    // Nothing reaches a patient by one key: this asks, and only the form's own chord or button sends.
    'attention.confirm': unlessAsking(() => {
      if (selected !== undefined && maySend(selected)) ask('confirm')
    }),
    'attention.discard': unlessAsking(() => ask('discard')),
    'attention.send': () => {
      const form = document.getElementById(ATTENTION_FORM_ID)
      if (!(form instanceof HTMLFormElement)) return false
      return form.requestSubmit()
    },
    'attention.close': () => (openForm === null ? false : closeForm()),
  }
  return {
    entries,
    failed,
    reload,
    index,
    selected,
    openForm,
    notice,
    busy,
    select,
    discard,
    confirm,
    change,
    changePractice,
    closeForm,
    commands,
  }
}
export type Attention = ReturnType<typeof useAttention>
