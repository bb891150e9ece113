import type { KeyboardEvent } from 'react'

const STEPS: Readonly<Record<string, readonly [rows: number, buttons: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Arrows from one small button of the grid to the next: up and down by rows, left and right within one. */
export function walkKeys(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
  if (step === undefined || !plain || event.defaultPrevented || !(event.target instanceof HTMLElement)) return
  const rows = [...(event.target.closest('[role="grid"]')?.querySelectorAll('[role="row"]') ?? [])].map((row) => [
    ...row.querySelectorAll('button'),
  ])
  const at = rows.findIndex((buttons) => buttons.some((button) => button === event.target))
  const column = rows[at]?.findIndex((button) => button === event.target) ?? 0
  const to = rows[at + step[0]]?.[column + step[1]]
  event.preventDefault()
  to?.focus()
}
