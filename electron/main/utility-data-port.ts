import type { UtilityProcess } from 'electron'
import type { FromData } from '../data/protocol.ts'
import type { DataPort } from '../ipc/data-port.ts'
import type { ElectronApi } from './electron-api.ts'

/** Starts the data process under Electron: its own Node, outside the window's sandbox and outside main's event loop. */
export function forkUtilityPort(
  utilityProcess: ElectronApi['utilityProcess'],
  entry: string,
  args: readonly string[],
): DataPort {
  const child: UtilityProcess = utilityProcess.fork(entry, [...args], { serviceName: 'loupe-data', stdio: 'inherit' })
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process port, not a window
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: FromData) => listener(message)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  }
}
