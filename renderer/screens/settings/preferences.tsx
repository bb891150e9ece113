import { useState } from 'react'
import { type Setting, SETTINGS } from '../../../preload/contract/settings.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { useText } from '../../text/text-context.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { SettingsRow } from './settings-row.tsx'

/** Each language in its own words: whoever landed in the wrong one must find theirs. */
const LANGUAGE_NAMES = { en: 'English', es: 'Español', fr: 'Français', de: 'Deutsch' } as const

/** What a person likes, on this computer. */
export function Preferences() {
  const t = useText()
  const { settings, set } = useLiveState()
  const [failed, setFailed] = useState(false)
  const save = (setting: Setting) =>
    void set(setting).then(
      () => setFailed(false),
      () => setFailed(true),
    )
  return (
    <>
      <p role="alert" className="min-h-5 text-13 text-off">
        {failed && t('settings.notSaved')}
      </p>
      <SettingsRow name={t('settings.theme')} hint={t('settings.themeHint')}>
        <Segmented
          label={t('settings.theme')}
          value={settings.theme}
          options={SETTINGS.theme.schema.options.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
          onChange={(value) => save({ name: 'theme', value })}
        />
      </SettingsRow>
      <SettingsRow name={t('settings.language')}>
        <Select
          label={t('settings.language')}
          value={settings.language}
          options={SETTINGS.language.schema.options.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          onChange={(value) => save({ name: 'language', value })}
        />
      </SettingsRow>
      <SettingsRow name={t('settings.toothNumbers')} hint={t('settings.toothNumbersHint')}>
        <Segmented
          label={t('settings.toothNumbers')}
          value={settings.toothNumbers}
          options={SETTINGS.toothNumbers.schema.options.map((value) => ({
            value,
            label: t(`settings.toothNumbers.${value}`),
          }))}
          onChange={(value) => save({ name: 'toothNumbers', value })}
        />
      </SettingsRow>
      <SettingsRow name={t('settings.singleKeys')} hint={t('settings.singleKeysHint')}>
        <Segmented
          label={t('settings.singleKeys')}
          value={settings.singleKeys ? 'on' : 'off'}
          options={[
            { value: 'on', label: t('settings.on') },
            { value: 'off', label: t('settings.off') },
          ]}
          onChange={(value) => save({ name: 'singleKeys', value: value === 'on' })}
        />
      </SettingsRow>
      <SettingsRow name={t('settings.lockAfter')} hint={t('settings.lockAfterHint')}>
        <Segmented
          label={t('settings.lockAfter')}
          value={settings.lockAfterMinutes}
          options={SETTINGS.lockAfterMinutes.schema.options.map((value) => ({
            value,
            label: t('settings.minutes', { count: value }),
          }))}
          onChange={(value) => save({ name: 'lockAfterMinutes', value })}
        />
      </SettingsRow>
    </>
  )
}
