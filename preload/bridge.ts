import { contextBridge, ipcRenderer } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from './contract/channels.ts'
import type { Bridge } from './contract/ipc.ts'
import { createElectronBridge } from './electron-bridge.ts'

/** The desktop app's preload script: the window gets this one object and nothing of Electron. */
const bridge: Bridge = createElectronBridge({
  invoke: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  listen: (listener) => {
    ipcRenderer.on(EVENT_CHANNEL, (_event, name: unknown, body: unknown) => listener(name, body))
  },
})
contextBridge.exposeInMainWorld('loupe', bridge)
