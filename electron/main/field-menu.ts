import type { WebContents } from 'electron'
import type { ElectronApi } from './electron-api.ts'

const WORDS = {
  en: { cut: 'Cut', copy: 'Copy', paste: 'Paste', selectAll: 'Select all' },
  de: { cut: 'Ausschneiden', copy: 'Kopieren', paste: 'Einfügen', selectAll: 'Alles auswählen' },
  es: { cut: 'Cortar', copy: 'Copiar', paste: 'Pegar', selectAll: 'Seleccionar todo' },
  fr: { cut: 'Couper', copy: 'Copier', paste: 'Coller', selectAll: 'Tout sélectionner' },
} as const

/** A right click on a field or on chosen words: Electron has no menu of its own there. In the system's language. */
export function offerFieldMenu({ app, Menu }: Pick<ElectronApi, 'app' | 'Menu'>, contents: WebContents): void {
  contents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    const words = wordsOf(app.getPreferredSystemLanguages())
    const copy = { role: 'copy', label: words.copy, enabled: editFlags.canCopy } as const
    if (isEditable) {
      const cut = { role: 'cut', label: words.cut, enabled: editFlags.canCut } as const
      const paste = { role: 'paste', label: words.paste, enabled: editFlags.canPaste } as const
      const all = { role: 'selectAll', label: words.selectAll, enabled: editFlags.canSelectAll } as const
      Menu.buildFromTemplate([cut, copy, paste, { type: 'separator' }, all]).popup()
    } else if (selectionText.trim() !== '') Menu.buildFromTemplate([copy]).popup()
  })
}

function wordsOf(languages: readonly string[]) {
  const known = languages.map((language) => language.slice(0, 2)).find((language) => Object.hasOwn(WORDS, language))
  return WORDS[(known ?? 'en') as keyof typeof WORDS] // just looked up
}
