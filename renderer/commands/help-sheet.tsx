import { useSettings } from '../ports/live-state.tsx'
import { useText } from '../text/text-context.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CommandKeys, useAvailableCommands, useKeysOf } from './commands-context.tsx'
import { groupsOf } from './groups.ts'
import { type CommandId, commandSpec, CONTEXTS, type Context } from './table.ts'

type Props = {
  readonly open: boolean
  readonly onClose: () => void
  /** Opened over the dark review surround. */
  readonly overPhotos: boolean
}

/** `?`: every key that works on the screen behind it, then those of the other screens. */
export function HelpSheet({ open, onClose, overPhotos }: Props) {
  const t = useText()
  const here = useAvailableCommands()
  const { singleKeys } = useSettings()
  const keysOf = useKeysOf()
  const isHere = (context: Context) => here.some((id) => commandSpec(id).context === context)
  const works = (id: CommandId) => keysOf(id).length > 0 && (here.includes(id) || !isHere(commandSpec(id).context))
  const groups = CONTEXTS.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)))
    .flatMap(groupsOf)
    .map(({ title, ids }) => ({ title, ids: ids.filter(works) }))
    .filter(({ ids }) => ids.length > 0)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('help.title')}
      description={t('command.help')}
      wide
      overPhotos={overPhotos}
    >
      {!singleKeys && <p className="border-b border-line px-4 py-2 text-13 text-minor">{t('help.singleOff')}</p>}
      <div className="px-4 pt-4">
        {groups.map(({ title, ids }) => (
          <section key={title} className="pb-5">
            <h3 className="pb-1 text-11 font-semibold text-dim">{t(title)}</h3>
            <dl className="columns-2 gap-8 max-[820px]:columns-1">
              {ids.map((id) => (
                <div
                  key={id}
                  data-command={id}
                  className="flex min-h-7 break-inside-avoid items-center justify-between gap-4 border-b border-row-line py-0.5"
                >
                  <dt className="text-13">{t(commandSpec(id).title)}</dt>
                  <dd className="shrink-0">
                    <CommandKeys id={id} all />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
