import { useEffect, useLayoutEffect } from 'react'
import type { SettingValues } from '../../preload/contract/settings.ts'

/** Sets theme and language on the document; `system` follows the system while the window is open. */
export function useTheme({ theme, language }: Pick<SettingValues, 'theme' | 'language'>): void {
  useEffect(() => {
    document.documentElement.lang = language
  }, [language])
  // Before the first paint: the window never shows the other theme for a frame.
  useLayoutEffect(() => {
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
}
