import { Command } from 'cmdk'
import { useText } from '../text/text-context.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CommandKeys, focusScreen, useAvailableCommands, useDispatcher } from './commands-context.tsx'
import { type CommandId, commandSpec } from './table.ts'

type Props = {
  readonly open: boolean
  readonly onClose: () => void
  /** Opened over the dark review surround. */
  readonly overPhotos: boolean
}

/** Mod+K: every verb that works now, by its words. */
export function Palette({ open, onClose, overPhotos }: Props) {
  const t = useText()
  const dispatcher = useDispatcher()
  const isGlobal = (id: CommandId) => Number(commandSpec(id).context === 'global')
  // What the screen can do comes before what every screen can. A verb that lasts as long as its key has none to hold here.
  const here = useAvailableCommands()
    .filter((id) => id !== 'app.palette' && commandSpec(id).hold !== true)
    .toSorted((a, b) => isGlobal(a) - isGlobal(b))
  function choose(id: CommandId) {
    onClose()
    // After the dialog has gone: a verb may itself open one, or move the focus.
    requestAnimationFrame(() => {
      focusScreen()
      dispatcher.run(id)
    })
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('palette.title')}
      description={null}
      hideTitle
      overPhotos={overPhotos}
    >
      <Command label={t('palette.title')} loop>
        <Command.Input
          placeholder={t('palette.placeholder')}
          className="h-11 w-full border-b border-line bg-transparent px-4 text-15 text-ink outline-none placeholder:text-faint"
        />
        <Command.List className="max-h-[50vh] overflow-auto p-1" label={t('palette.title')}>
          <Command.Empty className="px-3 py-4 text-13 text-dim">{t('palette.empty')}</Command.Empty>
          {here.map((id) => (
            <Command.Item
              key={id}
              value={id}
              keywords={[t(commandSpec(id).title)]}
              onSelect={() => choose(id)}
              className="flex h-8 items-center justify-between gap-4 rounded-[4px] px-3 text-13 data-[selected=true]:bg-selected"
            >
              <span>{t(commandSpec(id).title)}</span>
              <CommandKeys id={id} />
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  )
}
