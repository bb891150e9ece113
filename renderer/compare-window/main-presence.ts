const LOCK = 'loupe-main-window'

/**
 * A main window holds this for as long as it lives, however it ends: closed, reloaded or crashed.
 * @returns a function that lets go
 */
export function holdMainPresence(locks: Pick<LockManager, 'request'> | undefined): () => void {
  const end = new AbortController()
  const held = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()))
  // Several main windows may be open in the browser preview: the second window stays as long as any of them.
  void locks?.request(LOCK, { mode: 'shared' }, () => held).catch(() => undefined)
  return () => end.abort()
}

/** Resolves once no main window is left. Never where the browser has no locks: then the host closes the window. */
export async function waitForMainEnd(
  locks: Pick<LockManager, 'request'> | undefined,
  signal: AbortSignal,
): Promise<void> {
  if (locks === undefined) return new Promise(() => undefined)
  await locks.request(LOCK, { mode: 'exclusive', signal }, () => undefined)
}
