import type { CommandId } from '../../commands/table.ts'
import type { TextKey } from '../../text/table.ts'

/** Parts of the settings by their address: `#/settings/storage`; the first one needs none. */
export const SECTIONS = {
  yours: { title: 'settings.yours', about: 'settings.about', command: 'settings.yours' },
  storage: { title: 'storage.title', about: 'storage.about', command: 'settings.storage' },
  unsent: { title: 'unsent.title', about: 'unsent.about', command: 'settings.unsent' },
  computer: { title: 'settings.computer', about: null, command: 'settings.computer' },
} as const satisfies Record<string, { title: TextKey; about: TextKey | null; command: CommandId }>

export type Section = keyof typeof SECTIONS
export const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[]

export function sectionOf(address: string): Section {
  return SECTION_NAMES.find((name) => name === address) ?? 'yours'
}
