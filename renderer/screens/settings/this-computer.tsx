import type { AppState } from '../../../preload/contract/app-state.ts'
import { useText } from '../../text/text-context.tsx'
import { SettingsRow } from './settings-row.tsx'

export function ThisComputer({ app }: { readonly app: AppState }) {
  const t = useText()
  return (
    <>
      <SettingsRow name={t('settings.person')}>
        {app.account?.person.displayName} · {app.account?.practice.name}
      </SettingsRow>
      <SettingsRow name={t('settings.encryption')}>{app.keyGuard !== null && t(`status.${app.keyGuard}`)}</SettingsRow>
      <SettingsRow name={t('settings.server')}>{app.serverUrl}</SettingsRow>
      <SettingsRow name={t('settings.version')}>{app.version}</SettingsRow>
    </>
  )
}
