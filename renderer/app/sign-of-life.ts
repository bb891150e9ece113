const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Somebody touches keyboard or pointer. @returns a function that stops listening */
export function onSignOfLife(listener: () => void): () => void {
  for (const sign of SIGNS) window.addEventListener(sign, listener, { capture: true, passive: true })
  return () => {
    for (const sign of SIGNS) window.removeEventListener(sign, listener, { capture: true })
  }
}
