import { useSettings } from '../ports/live-state.tsx'
import { useText } from '../text/text-context.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { CommandKeys, useAvailableCommands, useKeysOf } from './commands-context.tsx'
import { COMMAND_IDS, commandSpec, CONTEXTS, type Context } from './table.ts'

type Props = {
  readonly open: boolean
  readonly onClose: () => void
  /** Opened over the dark review surround. */
  readonly overPhotos: boolean
}

/** `?`: every verb of the table with its keys; what works on the screen behind it comes first. */
export function HelpSheet({ open, onClose, overPhotos }: Props) {
  const t = useText()
  const here = useAvailableCommands()
  const { singleKeys } = useSettings()
  const keysOf = useKeysOf()
  const isHere = (context: Context) => here.some((id) => commandSpec(id).context === context)
  const contexts = CONTEXTS.toSorted((a, b) => Number(isHere(b)) - Number(isHere(a)))
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
        {contexts.map((context) => (
          <section key={context} className="pb-5">
            <h3 className="pb-1 text-11 font-semibold text-dim">{t(`help.${context}`)}</h3>
            <dl className="columns-2 gap-8 max-[820px]:columns-1">
              {COMMAND_IDS.filter(
                (id) =>
                  commandSpec(id).context === context &&
                  keysOf(id).length > 0 &&
                  (here.includes(id) || !isHere(context)),
              ).map((id) => (
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
