/** Opened at the end of the page, its buttons would lie below the edge. */
export function showWhole(form: HTMLElement | null) {
  form?.scrollIntoView({ block: 'nearest' })
}
