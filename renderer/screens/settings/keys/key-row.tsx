import { Pencil, Plus, RotateCcw, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { KeyCaps } from '../../../commands/commands-context.tsx'
import { findConflict, hasOwnKeys, keysOf } from '../../../commands/key-map.ts'
import { type CommandId, commandSpec } from '../../../commands/table.ts'
import { useText } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { walkKeys } from './walk-keys.ts'
import { type KeyChoice, MOST_KEYS } from './use-key-choice.ts'

type Props = {
  readonly id: CommandId
  readonly choice: KeyChoice
  /** The one row of its list that Tab reaches. */
  readonly isCurrent: boolean
  readonly onCurrent: () => void
}

/** One verb: its words, its keys or what is asked of them, and four small buttons that arrows walk between. */
export function KeyRow({ id, choice, isCurrent, onCurrent }: Props) {
  const t = useText()
  const title = t(commandSpec(id).title)
  const keys = keysOf(id, choice.chosen)
  const isWaiting = choice.waiting?.id === id
  const act = {
    isCurrent,
    onFocus: onCurrent,
    onBlur: isWaiting ? choice.stop : undefined,
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      choice.press(event)
      if (!event.defaultPrevented) walkKeys(event)
    },
  }
  return (
    <div
      role="row"
      data-command={id}
      className="grid min-h-8 grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)_auto] items-center gap-4 border-b border-row-line px-2 focus-within:bg-raised"
    >
      <span role="rowheader" className="text-13">
        {title}
      </span>
      <span role="gridcell" className="min-w-0 text-13">
        <KeyWords id={id} keys={keys} choice={choice} />
      </span>
      <span role="gridcell" className="flex gap-0.5">
        <Act {...act} label={t('keys.change', { verb: title })} onAct={() => choice.wait(id, false)}>
          <Pencil size={14} aria-hidden />
        </Act>
        <Act
          {...act}
          label={t('keys.add', { verb: title })}
          isOff={keys.length === 0 || keys.length >= MOST_KEYS}
          onAct={() => choice.wait(id, true)}
        >
          <Plus size={14} aria-hidden />
        </Act>
        <Act {...act} label={t('keys.clear', { verb: title })} isOff={keys.length === 0} onAct={() => choice.clear(id)}>
          <X size={14} aria-hidden />
        </Act>
        <Act
          {...act}
          label={t('keys.reset', { verb: title })}
          isOff={!hasOwnKeys(id, choice.chosen)}
          onAct={() => choice.reset(id)}
        >
          <RotateCcw size={14} aria-hidden />
        </Act>
      </span>
    </div>
  )
}

function KeyWords({
  id,
  keys,
  choice,
}: {
  readonly id: CommandId
  readonly keys: readonly string[]
  readonly choice: KeyChoice
}) {
  const t = useText()
  const { refusal, waiting, chosen } = choice
  if (refusal?.id === id) return <Refused choice={choice} />
  if (waiting?.id === id) return <span role="status">{t('keys.press')}</span>
  const twice = keys.map((key) => findConflict(id, key, chosen)).find((other) => other !== undefined)
  return (
    <span className="flex items-center gap-3">
      {keys.length === 0 ? <span className="text-dim">{t('keys.none')}</span> : <KeyCaps keys={keys} />}
      {hasOwnKeys(id, chosen) && twice === undefined && <span className="text-11 text-dim">{t('keys.own')}</span>}
      {twice !== undefined && (
        <StatusDot tone="minor" truncate>
          {t('keys.twice', { verb: t(commandSpec(twice).title) })}
        </StatusDot>
      )}
    </span>
  )
}

function Refused({ choice: { refusal } }: { readonly choice: KeyChoice }) {
  const t = useText()
  if (refusal === null) return null
  const words =
    'takenBy' in refusal
      ? t('keys.taken', {
          verb: t(commandSpec(refusal.takenBy).title),
          where: t(`help.${commandSpec(refusal.takenBy).context}`),
        })
      : t(`keys.reserved.${refusal.because}`)
  return (
    <span role="alert" title={words} className="flex items-center gap-2">
      {('takenBy' in refusal || refusal.because !== 'none') && <KeyCaps keys={[refusal.key]} />}
      <span className="min-w-0 text-11 text-off">{words}</span>
    </span>
  )
}

type ActProps = {
  readonly label: string
  readonly isOff?: boolean
  readonly isCurrent: boolean
  readonly onFocus: () => void
  readonly onBlur: (() => void) | undefined
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  readonly onAct: () => void
  readonly children: ReactNode
}

/** `data-keeps-focus`: after a click it waits for a key itself. Off, it stays in its place for the arrows. */
function Act({ label, isOff = false, isCurrent, onFocus, onBlur, onKeyDown, onAct, children }: ActProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-disabled={isOff}
      data-keeps-focus
      tabIndex={isCurrent ? 0 : -1}
      onFocus={onFocus}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
      onClick={isOff ? undefined : onAct}
      className="grid size-6 place-items-center rounded-[4px] text-dim hover:text-ink aria-disabled:opacity-35 aria-disabled:hover:text-dim"
    >
      {children}
    </button>
  )
}
