import { type Role, seesPatientData } from '../../../server/contract/domain/roles.ts'
import type { CommandId } from '../../commands/table.ts'
import type { TextKey } from '../../text/table.ts'

/** Parts of the settings by their address: `#/settings/storage`; the first one needs none. */
export const SECTIONS = {
  yours: { title: 'settings.yours', about: 'settings.about', command: 'settings.yours' },
  keys: { title: 'keys.title', about: 'keys.about', command: 'settings.keys' },
  practice: { title: 'practice.title', about: 'practice.about', command: 'settings.practice' },
  agreement: { title: 'agreement.title', about: 'agreement.about', command: 'settings.agreement' },
  storage: { title: 'storage.title', about: 'storage.about', command: 'settings.storage' },
  unsent: { title: 'unsent.title', about: 'unsent.about', command: 'settings.unsent' },
  computer: { title: 'settings.computer', about: null, command: 'settings.computer' },
} as const satisfies Record<string, { title: TextKey; about: TextKey | null; command: CommandId }>

export type Section = keyof typeof SECTIONS
const SECTION_NAMES = Object.keys(SECTIONS) as readonly Section[]

/** Of the practice's people and patients: only for those who see patient data. */
const OF_PATIENTS: readonly Section[] = ['practice', 'agreement']

export function sectionsFor(roles: readonly Role[]): readonly Section[] {
  return seesPatientData(roles) ? SECTION_NAMES : SECTION_NAMES.filter((name) => !OF_PATIENTS.includes(name))
}

export function sectionOf(address: string, sections: readonly Section[]): Section {
  return sections.find((name) => name === address) ?? 'yours'
}
