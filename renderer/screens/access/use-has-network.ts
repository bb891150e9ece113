import { useSyncExternalStore } from 'react'

function listen(onChange: () => void): () => void {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
}

/** Whether this computer has any network at all; says nothing about the server. */
export function useHasNetwork(): boolean {
  return useSyncExternalStore(listen, () => navigator.onLine)
}
