/** Case and accents away, so that `muller` finds `Müller`. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/æ/g, 'ae')
}

/** The words of a search, each of which must occur somewhere. */
export function wordsOf(search: string): string[] {
  return fold(search)
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
}
