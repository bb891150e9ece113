import { useRef } from 'react'
import { useCommands, useFocusOnOpen } from '../../commands/commands-context.tsx'
import { ImportView } from './import-view.tsx'
import { useImport } from './use-import.ts'

export function ImportScreen() {
  const files = useRef<HTMLInputElement>(null)
  const patientField = useRef<HTMLInputElement>(null)
  const state = useImport({
    choose: () => files.current?.click(),
    focusPatient: () => patientField.current?.focus(),
  })
  useCommands('import', state.commands)
  useFocusOnOpen()
  return <ImportView state={state} filesField={files} patientField={patientField} />
}
