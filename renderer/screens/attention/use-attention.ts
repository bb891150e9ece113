import { useState } from 'react'
import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import type { MutationId, SessionId } from '../../../server/contract/domain/ids.ts'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { focusScreen } from '../../commands/commands-context.tsx'
import type { HandlersFor } from '../../commands/table.ts'
import { usePort } from '../../ports/port-context.tsx'
import { DISCARD_FORM_ID } from './element-ids.ts'
import { useEntries } from './use-entries.ts'

type Options = {
  /** Kept by the shell, so that coming back from a scan finds the same entry. */
  readonly selectedId: MutationId | null
  readonly onSelect: (id: MutationId | null) => void
  readonly onOpen: (sessionId: SessionId) => void
}
export type Notice =
  | { readonly key: 'attention.retried' | 'attention.discarded' | 'attention.wasSeen' }
  | { readonly key: 'attention.notDone'; readonly why: ErrorCode }

/** The list, which of it is selected, and what can be done with that one. */
export function useAttention({ selectedId, onSelect, onOpen }: Options) {
  const port = usePort()
  const { entries, failed, reload } = useEntries()
  const [formFor, setFormFor] = useState<MutationId | null>(null)
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
  const formOpen = selected !== undefined && formFor === selected.mutationId

  function select(to: number) {
    const next = Math.max(0, Math.min(list.length - 1, to))
    setPlace(next)
    setFormFor(null)
    setNotice(null)
    onSelect(list[next]?.mutationId ?? null)
  }
  function closeForm() {
    setFormFor(null)
    focusScreen()
  }
  /** One act at a time; a refused one leaves everything as it is and says why. */
  async function settle(work: () => Promise<unknown>, done: Exclude<Notice['key'], 'attention.notDone'>) {
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
    void settle(() => port.call('attention.retry', { mutationId }), 'attention.retried')
  }
  const discard = (entry: AttentionEntry, reason: string) => {
    const done = entry.status === 'lost' ? 'attention.wasSeen' : 'attention.discarded'
    const { mutationId } = entry
    void settle(() => port.call('attention.discard', { mutationId, reason }), done)
  }
  const open = () => {
    if (selected?.scan == null) return
    onSelect(selected.mutationId)
    onOpen(selected.scan.sessionId)
  }

  const commands: HandlersFor<'attention'> = {
    'attention.next': () => select(index + 1),
    'attention.previous': () => select(index - 1),
    'attention.first': () => select(0),
    'attention.last': () => select(list.length - 1),
    'attention.open': open,
    'attention.retry': retry,
    'attention.discard': () => setFormFor(selected?.mutationId ?? null),
    'attention.send': () => {
      const form = document.getElementById(DISCARD_FORM_ID)
      if (!(form instanceof HTMLFormElement)) return false
      return form.requestSubmit()
    },
    'attention.close': () => (formOpen ? closeForm() : false),
  }
  return { entries, failed, reload, index, selected, formOpen, notice, busy, select, discard, closeForm, commands }
}
export type Attention = ReturnType<typeof useAttention>
