export type Params = Readonly<Record<string, string | number>>

const PLURAL = /\{(\w+), plural, ((?:\w+ \{[^}]*\} ?)+)\}/g
const FORM = /(\w+) \{([^}]*)\}/g
const NAME = /\{(\w+)\}/g

/**
 * Fills a sentence: `{name}`, and `{count, plural, one {# scan} other {# scans}}` by the language's own rules,
 * with `#` as the number in the language's writing. A name without a value stays visible: a test finds it.
 */
export function interpolate(sentence: string, params: Params, language: string): string {
  return sentence
    .replace(PLURAL, (whole, name: string, forms: string) => {
      const count = params[name]
      if (typeof count !== 'number') return whole
      const rule = new Intl.PluralRules(language).select(count)
      const byRule = new Map([...forms.matchAll(FORM)].map(([, form = '', words = '']) => [form, words]))
      const words = byRule.get(rule) ?? byRule.get('other') ?? ''
      return words.replace('#', new Intl.NumberFormat(language).format(count))
    })
    .replace(NAME, (whole, name: string) => {
      const value = params[name]
      if (value === undefined) return whole
      return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value
    })
}

/** Names that a sentence wants filled, sorted: all languages of one key must agree. */
export function placeholders(sentence: string): string[] {
  const plural = [...sentence.matchAll(PLURAL)].map(([, name = '']) => name)
  const plain = [...sentence.replace(PLURAL, '').matchAll(NAME)].map(([, name = '']) => name)
  return [...new Set([...plural, ...plain])].toSorted()
}
