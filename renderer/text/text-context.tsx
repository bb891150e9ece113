import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { interpolate, type Params } from './interpolate.ts'
import { type Language, type TextKey, TEXTS } from './table.ts'
import { makeTimes, type Times } from './times.ts'

export type Translate = (key: TextKey, params?: Params) => string
type TextTools = { readonly t: Translate; readonly times: Times; readonly language: Language }

export function makeText(language: Language): TextTools {
  return {
    t: (key, params = {}) => interpolate(TEXTS[language][key], params, language),
    times: makeTimes(language),
    language,
  }
}

const TextContext = createContext<TextTools>(makeText('en'))

export function TextProvider({ language, children }: { readonly language: Language; readonly children: ReactNode }) {
  const tools = useMemo(() => makeText(language), [language])
  return <TextContext value={tools}>{children}</TextContext>
}

/** `const t = useText()`, then `t('queue.title')`. */
export function useText(): Translate {
  return useContext(TextContext).t
}

export function useTimes(): Times {
  return useContext(TextContext).times
}
