import { type ReactNode, useState } from 'react'
import type { AppState } from '../../../preload/contract/app-state.ts'
import { type Setting, SETTINGS } from '../../../preload/contract/settings.ts'
import { useFocusOnOpen } from '../../commands/commands-context.tsx'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText } from '../../text/text-context.tsx'
import { Banner } from '../../ui/banner.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'

/** Each language in its own words: whoever landed in the wrong one must find theirs. */
const LANGUAGE_NAMES = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch' } as const

export function SettingsScreen({ app }: { readonly app: AppState }) {
  const t = useText()
  const { settings, set } = useLiveState()
  useFocusOnOpen()
  const [failed, setFailed] = useState(false)
  const save = (setting: Setting) =>
    void set(setting).then(
      () => setFailed(false),
      () => setFailed(true),
    )
  return (
    <main className="flex h-full flex-col outline-none" data-command-root tabIndex={-1}>
      <header className="flex h-10 shrink-0 items-center gap-4 border-b border-line bg-panel px-4">
        <h1 className="text-15 font-semibold">{t('settings.title')}</h1>
        <p className="text-13 text-dim">{t('settings.about')}</p>
      </header>
      {failed && (
        <Banner tone="off" alert>
          {t('settings.notSaved')}
        </Banner>
      )}
      <div className="min-h-0 flex-1 overflow-auto px-8 py-4">
        <div className="max-w-[760px]">
          <Row name={t('settings.theme')} hint={t('settings.themeHint')}>
            <Segmented
              label={t('settings.theme')}
              value={settings.theme}
              options={SETTINGS.theme.schema.options.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
              onChange={(value) => save({ name: 'theme', value })}
            />
          </Row>
          <Row name={t('settings.language')}>
            <Select
              label={t('settings.language')}
              value={settings.language}
              options={SETTINGS.language.schema.options.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
              onChange={(value) => save({ name: 'language', value })}
            />
          </Row>
          <Row name={t('settings.toothNumbers')} hint={t('settings.toothNumbersHint')}>
            <Segmented
              label={t('settings.toothNumbers')}
              value={settings.toothNumbers}
              options={SETTINGS.toothNumbers.schema.options.map((value) => ({
                value,
                label: t(`settings.toothNumbers.${value}`),
              }))}
              onChange={(value) => save({ name: 'toothNumbers', value })}
            />
          </Row>
          <Row name={t('settings.singleKeys')} hint={t('settings.singleKeysHint')}>
            <Segmented
              label={t('settings.singleKeys')}
              value={settings.singleKeys ? 'on' : 'off'}
              options={[
                { value: 'on', label: t('settings.on') },
                { value: 'off', label: t('settings.off') },
              ]}
              onChange={(value) => save({ name: 'singleKeys', value: value === 'on' })}
            />
          </Row>
          <Row name={t('settings.lockAfter')} hint={t('settings.lockAfterHint')}>
            <Segmented
              label={t('settings.lockAfter')}
              value={settings.lockAfterMinutes}
              options={SETTINGS.lockAfterMinutes.schema.options.map((value) => ({
                value,
                label: t('settings.minutes', { count: value }),
              }))}
              onChange={(value) => save({ name: 'lockAfterMinutes', value })}
            />
          </Row>
          <h2 className="pt-8 pb-1 text-11 font-semibold text-dim">{t('settings.computer')}</h2>
          <Row name={t('settings.person')}>
            {app.account?.person.displayName} · {app.account?.practice.name}
          </Row>
          <Row name={t('settings.encryption')}>{app.keyGuard !== null && t(`status.${app.keyGuard}`)}</Row>
          <Row name={t('settings.server')}>{app.serverUrl}</Row>
          <Row name={t('settings.version')}>{app.version}</Row>
        </div>
      </div>
    </main>
  )
}

type RowProps = { readonly name: string; readonly hint?: string; readonly children: ReactNode }

function Row({ name, hint, children }: RowProps) {
  return (
    <div className="flex min-h-12 items-center justify-between gap-8 border-b border-row-line py-2">
      <div>
        <p className="text-13 text-ink">{name}</p>
        {hint !== undefined && <p className="text-11 text-dim">{hint}</p>}
      </div>
      <div className="shrink-0 text-13 text-dim">{children}</div>
    </div>
  )
}
