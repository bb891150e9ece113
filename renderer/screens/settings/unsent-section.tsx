import { useState } from 'react'
import type { ExportedOutbox, UnsentWork } from '../../../preload/contract/outbox-file.ts'
import { CommandKeys, focusScreen } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText } from '../../text/text-context.tsx'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { ColleaguesUnsent } from './colleagues-unsent.tsx'
import { ExportForm } from './export-form.tsx'
import { ImportForm } from './import-form.tsx'
import { useUnsent } from './use-unsent.ts'

export type UnsentForm = 'export' | 'import'

type Props = {
  readonly form: UnsentForm | null
  readonly onForm: (form: UnsentForm | null) => void
  /** Practice administrators only. */
  readonly mayImport: boolean
}

/** What waits here to be sent, and the ways out when this computer cannot send it. */
export function UnsentSection({ form, onForm, mayImport }: Props) {
  const t = useText()
  const everybodysCount = useLiveState().sync?.waitingCount ?? 0
  const [own, ...others] = useUnsent() ?? []
  const waitingCount = own?.count ?? everybodysCount
  /** The colleague whose work the open form exports. */
  const [colleague, setColleague] = useState<UnsentWork | null>(null)
  const [exported, setExported] = useState<ExportedOutbox | null>(null)
  const close = () => {
    setColleague(null)
    onForm(null)
    focusScreen()
  }
  return (
    <div className="flex flex-col gap-8 pt-2">
      <div className="flex flex-col gap-3">
        <div role="status">
          <p className="text-15 font-semibold">
            {waitingCount === 0 ? (
              <StatusDot tone="ok">{t('unsent.nothing')}</StatusDot>
            ) : (
              <StatusDot tone="minor">{t('unsent.waiting', { count: waitingCount })}</StatusDot>
            )}
          </p>
          <p className="text-13 text-dim">{t(waitingCount === 0 ? 'unsent.nothingHelp' : 'unsent.waitingHelp')}</p>
        </div>
        <p role="status" className="min-h-5 text-13">
          {exported !== null && t('unsent.exported', { count: exported.count, name: exported.fileName })}
          {(exported?.leftOutCount ?? 0) > 0 && ` ${t('unsent.reportsLeft', { count: exported?.leftOutCount ?? 0 })}`}
        </p>
        {form === 'export' && (waitingCount > 0 || colleague !== null) ? (
          <ExportForm
            key={colleague?.personId ?? 'own'}
            of={colleague}
            onDone={(file) => {
              setExported(file)
              close()
            }}
            onCancel={close}
          />
        ) : (
          <div>
            <Button
              onClick={() => {
                setColleague(null)
                onForm('export')
              }}
              disabled={waitingCount === 0}
            >
              {t('unsent.export')} <CommandKeys id="settings.export" />
            </Button>
          </div>
        )}
      </div>
      <ColleaguesUnsent
        unsent={others}
        onExport={(of) => {
          setColleague(of)
          onForm('export')
        }}
      />
      {mayImport && (
        <div className="flex flex-col gap-3 border-t border-line pt-4">
          <h3 className="text-15 font-semibold">{t('unsent.importTitle')}</h3>
          <p className="max-w-[72ch] text-13 text-dim">{t('unsent.importWhat')}</p>
          {form === 'import' ? (
            <ImportForm onClose={close} />
          ) : (
            <div>
              <Button onClick={() => onForm('import')}>{t('unsent.importOpen')}</Button>
            </div>
          )}
        </div>
      )}
    </div>
  )
}
