import { type RefObject, useRef } from 'react'
import { CommandKeys } from '../../commands/commands-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { ImportList } from './import-list.tsx'
import { PhotoTray } from './photo-tray.tsx'
import { ScanForm } from './scan-form.tsx'
import { type Trouble, troubleWords } from './trouble.ts'
import { useDrop } from './use-drop.ts'
import type { useImport } from './use-import.ts'

export type ImportState = ReturnType<typeof useImport>

type Props = {
  readonly state: ImportState
  readonly filesField: RefObject<HTMLInputElement | null>
  readonly patientField: RefObject<HTMLInputElement | null>
}

const ACCEPT = 'image/jpeg,image/png,image/webp,image/heic,image/heif,image/avif,.heic,.heif'

export function ImportView({ state, filesField, patientField }: Props) {
  const t = useText()
  const folderField = useRef<HTMLInputElement>(null)
  const root = useRef<HTMLElement>(null)
  const isOver = useDrop(root, state.add)
  const choose = (files: readonly File[]) => state.add({ files, unread: [] })
  return (
    <main ref={root} className="flex h-full flex-col outline-none" data-command-root tabIndex={-1}>
      <header className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel px-4">
        <h1 className="text-15 font-semibold whitespace-nowrap">{t('import.title')}</h1>
        <p className="min-w-0 flex-1 truncate text-13 text-dim">{t('import.about')}</p>
        <Button onClick={() => filesField.current?.click()}>
          {t('import.chooseFiles')} <CommandKeys id="import.choose" />
        </Button>
        <Button onClick={() => folderField.current?.click()}>{t('import.chooseFolder')}</Button>
      </header>
      {state.troubles.length > 0 && <Troubles troubles={state.troubles} />}
      <FilePicker field={filesField} label={t('import.chooseFiles')} onFiles={choose} />
      <FilePicker field={folderField} label={t('import.chooseFolder')} onFiles={choose} folder />
      <div className="flex min-h-0 flex-1">
        <PhotoTray state={state} isOver={isOver} />
        <aside
          aria-label={t('import.scan')}
          className="flex w-[400px] shrink-0 flex-col overflow-auto border-l border-line bg-panel max-[1400px]:w-[340px]"
        >
          <ScanForm state={state} patientField={patientField} />
          <ImportList imports={state.imports} />
        </aside>
      </div>
    </main>
  )
}

/** A line for each; many of them scroll, and leave the photos their room. */
function Troubles({ troubles }: { readonly troubles: readonly Trouble[] }) {
  const t = useText()
  const lines = [...new Set(troubles.map((trouble) => troubleWords(trouble, t)))]
  return (
    <Banner tone="off" alert>
      <span className="block max-h-20 overflow-auto break-words">
        {lines.map((words) => (
          <span key={words} className="block">
            {words}
          </span>
        ))}
      </span>
    </Banner>
  )
}

type PickerProps = {
  readonly field: RefObject<HTMLInputElement | null>
  readonly label: string
  readonly onFiles: (files: readonly File[]) => Promise<void>
  readonly folder?: boolean
}

/** The browser's own dialog, opened by the buttons and by the key. */
function FilePicker({ field, label, onFiles, folder = false }: PickerProps) {
  return (
    <input
      ref={field}
      type="file"
      hidden
      multiple
      aria-label={label}
      {...(folder ? { webkitdirectory: '' } : { accept: ACCEPT })}
      onChange={(event) => {
        const files = [...(event.target.files ?? [])]
        // The same file may be chosen again after it was removed.
        event.target.value = ''
        void onFiles(files)
      }}
    />
  )
}
