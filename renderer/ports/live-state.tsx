import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react'
import type { AppState, SyncStatus } from '../../preload/contract/app-state.ts'
import { DEFAULT_SETTINGS, type Setting, type SettingValues } from '../../preload/contract/settings.ts'
import { AppError } from '../../server/contract/errors.ts'
import { usePort } from './port-context.tsx'

export type LiveState = {
  /** Null until the host has answered for the first time. */
  readonly app: AppState | null
  readonly sync: SyncStatus | null
  readonly settings: SettingValues
  /** Why the first question failed; the shell then offers to ask again. */
  readonly failed: AppError | null
  readonly setApp: (state: AppState) => void
  readonly set: (setting: Setting) => Promise<void>
  readonly retry: () => void
}

const LiveContext = createContext<LiveState | null>(null)

/** What the host announces about itself, kept in one place for all screens. */
export function LiveStateProvider({ children }: { readonly children: ReactNode }) {
  const port = usePort()
  const [app, setApp] = useState<AppState | null>(null)
  const [sync, setSync] = useState<SyncStatus | null>(null)
  const [settings, setSettings] = useState<SettingValues>(DEFAULT_SETTINGS)
  const [failed, setFailed] = useState<AppError | null>(null)

  const settingCount = useRef(0)
  /** Announcements so far: an answer that one of them overtook on the way is older than what is shown. */
  const announced = useRef({ app: 0, sync: 0 })

  const ask = useCallback(() => {
    const before = announced.current.app
    const answered = (state: AppState) => announced.current.app === before && setApp(state)
    void port.call('app.state').then(answered, (cause) => setFailed(AppError.from(cause)))
  }, [port])
  useEffect(() => {
    const ends = [
      port.on('app.state', (state) => {
        announced.current.app += 1
        setApp(state)
      }),
      port.on('sync.status', (status) => {
        announced.current.sync += 1
        setSync(status)
      }),
    ]
    ask()
    return () => ends.forEach((end) => end())
  }, [port, ask])

  const isOpen = app !== null && app.phase !== 'choose-passphrase' && app.phase !== 'locked' && app.phase !== 'no-key'
  /** Whose settings are shown; null while the store is closed. */
  const openFor = isOpen ? (app.account?.person.id ?? 'nobody') : null
  useEffect(() => {
    if (openFor === null) return undefined
    let gone = false
    // A closed store answers `store.locked`: the phase says so already, so there is nothing more to show.
    const ignore = () => undefined
    const before = announced.current.sync
    const answered = (status: SyncStatus) => !gone && announced.current.sync === before && setSync(status)
    port.call('sync.status').then(answered, ignore)
    port.call('settings.all').then((all) => !gone && setSettings(all), ignore)
    return () => {
      gone = true
    }
  }, [port, openFor])

  const live: LiveState = {
    app,
    sync,
    settings,
    failed,
    setApp,
    async set(setting) {
      settingCount.current += 1
      const mine = settingCount.current
      setSettings((before) => ({ ...before, [setting.name]: setting.value }))
      try {
        const all = await port.call('settings.set', setting)
        // An older answer knows nothing of what was chosen since.
        if (settingCount.current === mine) setSettings(all)
      } catch (cause) {
        setSettings((before) => ({ ...before, [setting.name]: settings[setting.name] }))
        throw cause
      }
    },
    retry() {
      setFailed(null)
      ask()
    },
  }
  return <LiveContext value={live}>{children}</LiveContext>
}

export function useLiveState(): LiveState {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('useLiveState needs a LiveStateProvider above it')
  return live
}

export function useSettings(): SettingValues {
  return useLiveState().settings
}
