import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { CommandKeys, useDispatcher } from '../../commands/commands-context.tsx'
import type { CommandId } from '../../commands/table.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import {
  adviceKey,
  editKey,
  isOfRules,
  letGoOf,
  maySend,
  nameOf,
  needsReason,
  reasonKey,
  setsValues,
  STATUS_TONES,
} from './attention-words.ts'
import { BothValues } from './both-values.tsx'
import { ChangeDialog } from './change-dialog.tsx'
import { ChangeTable } from './change-table.tsx'
import { ConfirmForm } from './confirm-form.tsx'
import { DiscardForm } from './discard-form.tsx'
import { PracticeChangeDialog } from './practice-change-dialog.tsx'
import { PracticeChangeTable } from './practice-change-table.tsx'
import { Since } from './since.tsx'
import type { Attention } from './use-attention.ts'

type Props = { readonly entry: AttentionEntry; readonly attention: Attention }

export function EntryDetail({ entry, attention }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { authorName } = entry
  const decidedAtMs = entry.wanted?.readAtMs ?? entry.atMs
  const reason = { when: times.clock(decidedAtMs, nowMs), age: times.span(nowMs - decidedAtMs) }
  return (
    <section aria-labelledby="attention-entry" className="flex min-h-0 min-w-0 flex-col gap-5 overflow-auto px-6 py-4">
      <Whose entry={entry} />
      <div className="flex max-w-[76ch] flex-col gap-3">
        <div>
          <h3 className="text-11 font-semibold text-dim">{t('attention.why')}</h3>
          <p className="text-13">
            {authorName === undefined
              ? t(reasonKey(entry), reason)
              : t('attention.brought.why', { author: authorName, reason: t(reasonKey(entry), reason) })}
          </p>
        </div>
        <div>
          <h3 className="text-11 font-semibold text-dim">{t('attention.todo')}</h3>
          <p className="text-13">{t(adviceKey(entry), { author: authorName ?? '' })}</p>
        </div>
      </div>
      {entry.status === 'stale' && <Since entry={entry} />}
      <Values entry={entry} />
      <WaysOut entry={entry} attention={attention} />
      <ChangeDialog key={String(attention.openForm === 'change')} entry={entry} attention={attention} />
      <PracticeChangeDialog key={`of practice ${attention.openForm}`} entry={entry} attention={attention} />
    </section>
  )
}

function Values({ entry }: { readonly entry: AttentionEntry }) {
  const { practiceChange, patientChange, authorName } = entry
  if (practiceChange !== undefined) return <PracticeChangeTable change={practiceChange} authorName={authorName} />
  if (patientChange !== null) return <ChangeTable change={patientChange} authorName={authorName} />
  return <BothValues entry={entry} />
}

/** Every way to settle it, or the form of the one that was chosen. */
function WaysOut({ entry, attention }: Props) {
  const t = useText()
  const { openForm, busy, closeForm } = attention
  if (openForm === 'discard')
    return (
      <DiscardForm
        entry={entry}
        busy={busy}
        onSend={(reason) => attention.discard(entry, reason)}
        onCancel={closeForm}
      />
    )
  if (openForm === 'confirm')
    return <ConfirmForm entry={entry} busy={busy} onSend={() => attention.confirm(entry)} onCancel={closeForm} />
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-2">
      {maySend(entry) && <Verb id="attention.confirm" words={`${t('attention.sendNow')}…`} disabled={busy} />}
      {entry.scan !== null && <Verb id="attention.open" words={t('attention.open')} />}
      {isOfRules(entry) && <Verb id="attention.open" words={t('attention.openRules')} />}
      {entry.mayRetry && (
        <Verb
          id="attention.retry"
          words={t(setsValues(entry) ? 'attention.setMine' : 'attention.retry')}
          disabled={busy}
        />
      )}
      {entry.mayEdit && (
        <Verb
          id="attention.edit"
          words={`${t(editKey(entry))}${entry.practiceChange === undefined ? '' : '…'}`}
          disabled={busy}
        />
      )}
      <Verb
        id="attention.discard"
        words={`${t(letGoOf(entry).verb)}${needsReason(entry) ? '…' : ''}`}
        disabled={busy}
      />
    </div>
  )
}

function Whose({ entry }: { readonly entry: AttentionEntry }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const { wanted, patientChange, practiceChange } = entry
  const scan = entry.scan ?? entry.formerScan
  const facts = [
    entry.authorName !== undefined && t('attention.brought.of', { author: entry.authorName }),
    patientChange && t('attention.patientDetails'),
    practiceChange && t(`attention.about.${practiceChange.about}`),
    patientChange?.current?.reference,
    scan?.reference,
    practiceChange?.about !== 'goal' && scan && t('attention.scanOf', { day: times.day(scan.capturedOn, nowMs) }),
    wanted && t('attention.decidedAt', { when: times.clock(wanted.readAtMs, nowMs) }),
    entry.status !== 'stale' &&
      entry.status !== 'corrected' &&
      t('attention.answeredAt', { when: times.clock(entry.atMs, nowMs) }),
  ].filter((fact) => typeof fact === 'string')
  return (
    <header className="flex flex-col gap-1">
      <h2 id="attention-entry" className="text-18 font-semibold break-words">
        {nameOf(entry, t)}
      </h2>
      <p className="text-13 text-dim tabular-nums">{facts.join(' · ')}</p>
      <StatusDot tone={STATUS_TONES[entry.status]}>{t(`attention.status.${entry.status}`)}</StatusDot>
    </header>
  )
}

type VerbProps = { readonly id: CommandId; readonly words: string; readonly disabled?: boolean }

function Verb({ id, words, disabled = false }: VerbProps) {
  const dispatcher = useDispatcher()
  return (
    <Button onClick={() => dispatcher.run(id)} disabled={disabled}>
      {words} <CommandKeys id={id} />
    </Button>
  )
}
