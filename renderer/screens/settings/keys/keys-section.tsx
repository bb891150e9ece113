import { useState } from 'react'
import { useDispatcher } from '../../../commands/commands-context.tsx'
import { groupsOf } from '../../../commands/groups.ts'
import { keysOf, listConflicts } from '../../../commands/key-map.ts'
import { keyCaps } from '../../../commands/keys.ts'
import { type CommandId, commandSpec, CONTEXTS } from '../../../commands/table.ts'
import { useText } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { KeyList } from './key-list.tsx'
import { useKeyChoice } from './use-key-choice.ts'

/** Every verb by where it works, with its keys; a key is set by pressing it. */
export function KeysSection() {
  const t = useText()
  const { isMac } = useDispatcher()
  const choice = useKeyChoice(isMac)
  const [search, setSearch] = useState('')
  const ownCount = Object.keys(choice.chosen).length
  const twice = listConflicts(choice.chosen).length
  const isFound = (id: CommandId) => {
    const words = [
      t(commandSpec(id).title),
      ...keysOf(id, choice.chosen).flatMap((key) => keyCaps(key, isMac).join(' ')),
    ]
    return words.some((word) => plain(word).includes(plain(search)))
  }
  const lists = CONTEXTS.flatMap(groupsOf).map(({ title, ids }) => ({ title, ids: ids.filter(isFound) }))
  return (
    <>
      <p role="alert" className="min-h-5 text-13 text-off">
        {choice.failed && t('settings.notSaved')}
      </p>
      <div className="flex items-end justify-between gap-4 pb-4">
        <TextField
          label={t('keys.search')}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="w-72"
        />
        <span className="flex items-center gap-4">
          {twice > 0 && <StatusDot tone="minor">{t('keys.twiceCount', { count: twice })}</StatusDot>}
          <ResetAll count={ownCount} onReset={choice.resetAll} />
        </span>
      </div>
      {lists.every(({ ids }) => ids.length === 0) && <p className="text-13 text-dim">{t('palette.empty')}</p>}
      {lists.map(({ title, ids }) => ids.length > 0 && <KeyList key={title} title={title} ids={ids} choice={choice} />)}
    </>
  )
}

/** Asked once more: it forgets every choice at one press. */
function ResetAll({ count, onReset }: { readonly count: number; readonly onReset: () => void }) {
  const t = useText()
  const [asked, setAsked] = useState(false)
  if (!asked || count === 0)
    return (
      <Button onClick={() => setAsked(true)} disabled={count === 0}>
        {t('keys.resetAll')}
      </Button>
    )
  return (
    <span className="flex items-center gap-2">
      <Button onClick={() => setAsked(false)}>{t('common.cancel')}</Button>
      <Button
        autoFocus
        data-keeps-focus
        look="primary"
        onClick={() => {
          setAsked(false)
          onReset()
        }}
      >
        {t('keys.resetAllSure', { count })}
      </Button>
    </span>
  )
}

function plain(words: string): string {
  return words.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
