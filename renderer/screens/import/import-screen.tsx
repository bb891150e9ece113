import { useRef } from 'react'
import { useCommands, useFocusOnOpen } from '../../commands/commands-context.tsx'
import { ImportView } from './import-view.tsx'
import { useImport } from './use-import.ts'
import type { Tray } from './use-tray.ts'

export function ImportScreen({ tray }: { readonly tray: Tray }) {
  const files = useRef<HTMLInputElement>(null)
  const patientField = useRef<HTMLInputElement>(null)
  const state = useImport({
    tray,
    choose: () => files.current?.click(),
    focusPatient: () => patientField.current?.focus(),
  })
  useCommands('import', state.commands)
  useFocusOnOpen()
  return <ImportView state={state} filesField={files} patientField={patientField} />
}
