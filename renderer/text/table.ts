import { en } from './en/en.ts'
import { de } from './de/de.ts'
import { es } from './es/es.ts'
import { fr } from './fr/fr.ts'

/** English is the source: its keys are the keys. */
export type TextKey = keyof typeof en
/** Every sentence of one language; a missing or a foreign key does not compile. */
export type Sentences = Readonly<Record<TextKey, string>>

export const TEXTS = { en, es, fr, de } as const satisfies Record<string, Sentences>
export type Language = keyof typeof TEXTS
export const LANGUAGES = Object.keys(TEXTS) as readonly Language[]
