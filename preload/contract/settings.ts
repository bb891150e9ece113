import { z } from 'zod'

/**
 * Keys that this person gave to verbs of renderer/commands/table.ts, by the verb's id; a verb that is not named has its
 * standard keys, an empty list none. An id that a version does not know is kept and does nothing.
 */
export const ChosenKeys = z.record(z.string().max(60), z.array(z.string().min(1).max(40)).max(4))
export type ChosenKeys = z.infer<typeof ChosenKeys>

/** Preferences of this person on this workstation: one row each, with its schema and default. */
export const SETTINGS = {
  theme: { schema: z.enum(['system', 'light', 'dark']), default: 'system' },
  language: { schema: z.enum(['en', 'es', 'fr', 'de']), default: 'en' },
  toothNumbers: { schema: z.enum(['fdi', 'universal']), default: 'fdi' },
  /** Single-key commands can be switched off (WCAG 2.1.4). */
  singleKeys: { schema: z.boolean(), default: true },
  keys: { schema: ChosenKeys, default: {} },
  /** The layout that this person chose last: both montages, the new one alone, one pair, one view over time. */
  compareLayout: { schema: z.enum(['montage', 'current', 'pair', 'strip']), default: 'montage' },
  /** Minutes without a key or a movement until the store is closed. */
  lockAfterMinutes: { schema: z.enum(['5', '10', '15']), default: '10' },
} as const

export type SettingName = keyof typeof SETTINGS

export const SettingValues = z.strictObject({
  theme: SETTINGS.theme.schema,
  language: SETTINGS.language.schema,
  toothNumbers: SETTINGS.toothNumbers.schema,
  singleKeys: SETTINGS.singleKeys.schema,
  keys: SETTINGS.keys.schema,
  compareLayout: SETTINGS.compareLayout.schema,
  lockAfterMinutes: SETTINGS.lockAfterMinutes.schema,
})
export type SettingValues = z.infer<typeof SettingValues>

export const DEFAULT_SETTINGS: SettingValues = {
  theme: SETTINGS.theme.default,
  language: SETTINGS.language.default,
  toothNumbers: SETTINGS.toothNumbers.default,
  singleKeys: SETTINGS.singleKeys.default,
  keys: SETTINGS.keys.default,
  compareLayout: SETTINGS.compareLayout.default,
  lockAfterMinutes: SETTINGS.lockAfterMinutes.default,
}

/** One setting at a time: `{ name, value }` with the value of that name's schema. */
export const Setting = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('theme'), value: SETTINGS.theme.schema }),
  z.strictObject({ name: z.literal('language'), value: SETTINGS.language.schema }),
  z.strictObject({ name: z.literal('toothNumbers'), value: SETTINGS.toothNumbers.schema }),
  z.strictObject({ name: z.literal('singleKeys'), value: SETTINGS.singleKeys.schema }),
  z.strictObject({ name: z.literal('keys'), value: SETTINGS.keys.schema }),
  z.strictObject({ name: z.literal('compareLayout'), value: SETTINGS.compareLayout.schema }),
  z.strictObject({ name: z.literal('lockAfterMinutes'), value: SETTINGS.lockAfterMinutes.schema }),
])
export type Setting = z.infer<typeof Setting>
