/**
 * Whether something that is painted is what a person sees, or waits under it. An object that stays, told when it
 * changes: hundreds of parts of a stage ask for it, and none of them renders because a key brought it on screen.
 */
export type OnScreen = {
  isOn(): boolean
  /** @returns a function that ends the subscription */
  subscribe(changed: () => void): () => void
}

/** Of a window that shows nothing ahead. */
export const ALWAYS_ON_SCREEN: OnScreen = { isOn: () => true, subscribe: () => () => undefined }

export type SwitchedOnScreen = OnScreen & { set(isOn: boolean): void }

export function createOnScreen(start = false): SwitchedOnScreen {
  const listeners = new Set<() => void>()
  const now = { isOn: start }
  return {
    isOn: () => now.isOn,
    subscribe(changed) {
      listeners.add(changed)
      return () => void listeners.delete(changed)
    },
    set(isOn) {
      if (isOn === now.isOn) return
      now.isOn = isOn
      for (const changed of listeners) changed()
    },
  }
}

type Work = () => (() => void) | undefined

/**
 * Does one thing while it is on screen and another while it is not; each gives back how it ends.
 * @returns a function that ends both
 */
export function whileOnScreen(onScreen: OnScreen, shown: Work, hidden: Work = () => undefined): () => void {
  const now: { end: (() => void) | undefined } = { end: undefined }
  const turn = () => {
    now.end?.()
    now.end = onScreen.isOn() ? shown() : hidden()
  }
  turn()
  const stop = onScreen.subscribe(turn)
  return () => {
    stop()
    now.end?.()
  }
}
