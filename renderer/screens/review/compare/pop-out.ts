import type { Port } from '../../../ports/bridge.ts'

const FEATURES = 'popup,width=1200,height=800'
const NAME = 'loupe-compare'

/**
 * The second window: the desktop app opens it itself; in the browser preview this window opens the address that the
 * preview answers with.
 * @returns whether it is open
 */
export async function openCompareWindow(port: Pick<Port, 'call'>): Promise<boolean> {
  try {
    const { url } = await port.call('compare.popOut')
    return url === null || window.open(url, NAME, FEATURES) !== null
  } catch {
    // Told by the caller, in the words of a window that did not open.
    return false
  }
}
