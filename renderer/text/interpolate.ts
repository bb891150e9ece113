export type Params = Readonly<Record<string, string | number>>

const PLURAL = /\{(\w+), plural, ((?:\w+ \{[^}]*\} ?)+)\}/g
const FORM = /(\w+) \{([^}]*)\}/g
const NAME = /\{(\w+)\}/g

type Formats = { readonly plural: Intl.PluralRules; readonly number: Intl.NumberFormat }
/** Making one costs a hundred times more than using it, and a screen has a hundred sentences. */
const formats = new Map<string, Formats>()

function formatsOf(language: string): Formats {
  const known = formats.get(language)
  if (known !== undefined) return known
  const made = { plural: new Intl.PluralRules(language), number: new Intl.NumberFormat(language) }
  formats.set(language, made)
  return made
}

/**
 * Fills a sentence: `{name}`, and `{count, plural, one {# scan} other {# scans}}` by the language's own rules,
 * with `#` as the number in the language's writing. A name without a value stays visible: a test finds it.
 */
export function interpolate(sentence: string, params: Params, language: string): string {
  if (!sentence.includes('{')) return sentence
  const { plural, number } = formatsOf(language)
  return sentence
    .replace(PLURAL, (whole, name: string, forms: string) => {
      const count = params[name]
      if (typeof count !== 'number') return whole
      const rule = plural.select(count)
      const byRule = new Map([...forms.matchAll(FORM)].map(([, form = '', words = '']) => [form, words]))
      const words = byRule.get(rule) ?? byRule.get('other') ?? ''
      return words.replace('#', number.format(count))
    })
    .replace(NAME, (whole, name: string) => {
      const value = params[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? number.format(value) : value
    })
}

/** Names that a sentence wants filled, sorted: all languages of one key must agree. */
export function placeholders(sentence: string): string[] {
  const plural = [...sentence.matchAll(PLURAL)].map(([, name = '']) => name)
  const plain = [...sentence.replace(PLURAL, '').matchAll(NAME)].map(([, name = '']) => name)
  return [...new Set([...plural, ...plain])].toSorted()
}
