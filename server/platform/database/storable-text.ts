/** Text that PostgreSQL does not hold as it is: it answers a NUL with an error, and half a surrogate pair would reach it as another character. */
export function isUnstorable(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())
}

/** Whether there is such text anywhere inside. Only for what is known not to nest for ever. */
export function hasUnstorableText(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isUnstorable(value)
  return Object.values(value).some(hasUnstorableText)
}
