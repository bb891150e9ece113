import { EventEmitter } from 'node:events'
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  CustomScheme,
  Display,
  IpcMain,
  IpcMainInvokeEvent,
  MenuItemConstructorOptions,
  Rectangle,
  Session,
  UtilityProcess,
  WebContents,
  WindowOpenHandlerResponse,
} from 'electron'
import type { FromData, ToData } from '../../data/protocol.ts'
import { forkTinyData } from '../../ipc/testing/start-tiny-data.ts'
import type { ElectronApi } from '../electron-api.ts'

/**
 * Stands in for the `electron` module and records what was asked of it. Every recorded value has Electron's own type,
 * so an option that Electron does not know, or a handler of the wrong shape, does not compile. Only the outermost
 * objects are cast: their event methods have hundreds of overloads.
 */
export function createElectronDouble(options: { readonly firstInstance?: boolean } = {}) {
  const calls: string[] = []
  const record = {
    calls,
    windows: [] as WindowDouble[],
    schemes: [] as CustomScheme[],
    session: new SessionDouble(),
    sessionNames: [] as string[],
    invoke: undefined as Parameters<IpcMain['handle']>[1] | undefined,
    channels: [] as string[],
    opened: [] as string[],
    exitCode: undefined as number | undefined,
    errorBox: undefined as string | undefined,
    poppedUp: [] as MenuItemConstructorOptions[][],
    languages: ['de-AT', 'en-GB'],
    menu: undefined as MenuItemConstructorOptions[] | null | undefined,
    app: new EventEmitter(),
    powerMonitor: new EventEmitter(),
    children: [] as UtilityDouble[],
    displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] as Pick<Display, 'id' | 'workArea'>[],
  }
  const app = Object.assign(record.app, {
    isPackaged: true,
    enableSandbox: () => void calls.push('enableSandbox'),
    setPath: (name: string) => void calls.push(`setPath ${name}`),
    getVersion: () => '0.0.0',
    getPreferredSystemLanguages: () => record.languages,
    requestSingleInstanceLock: () => options.firstInstance ?? true,
    whenReady: async () => void calls.push('whenReady'),
    quit: () => void calls.push('quit'),
    exit: (code: number) => {
      record.exitCode = code
    },
  })
  class BrowserWindowDouble extends WindowDouble {
    static getAllWindows = () => record.windows.filter((window) => !window.isDestroyed())
    constructor(made: BrowserWindowConstructorOptions) {
      super(made)
      record.windows.push(this)
      record.app.emit('web-contents-created', {}, this.webContents)
    }
  }
  const electron = {
    app,
    BrowserWindow: BrowserWindowDouble,
    dialog: { showErrorBox: (title: string) => void (record.errorBox = title) },
    ipcMain: {
      handle: (channel: string, answer: Parameters<IpcMain['handle']>[1]) => {
        record.channels.push(channel)
        record.invoke = answer
      },
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => ({
        template,
        popup: () => void record.poppedUp.push(template),
      }),
      setApplicationMenu: (menu: { readonly template: MenuItemConstructorOptions[] } | null) =>
        void (record.menu = menu === null ? null : menu.template),
    },
    powerMonitor: record.powerMonitor,
    protocol: {
      registerSchemesAsPrivileged: (schemes: CustomScheme[]) => {
        calls.push('registerSchemes')
        record.schemes = schemes
      },
    },
    screen: {
      getAllDisplays: () => record.displays,
      getDisplayMatching: ({ x }: Rectangle) =>
        record.displays.find(({ workArea }) => x >= workArea.x && x < workArea.x + workArea.width) ??
        record.displays[0],
    },
    session: {
      fromPartition: (name: string) => {
        record.sessionNames.push(name)
        return record.session
      },
    },
    shell: { openExternal: async (url: string) => void record.opened.push(url) },
    utilityProcess: {
      fork: () => {
        const child = new UtilityDouble()
        record.children.push(child)
        return child as unknown as UtilityProcess
      },
    },
  }
  return { electron: electron as unknown as ElectronApi, record }
}

type Opener = Parameters<WebContents['setWindowOpenHandler']>[0]

class ContentsDouble extends EventEmitter {
  readonly sent: unknown[][] = []
  reloadCount = 0
  private opener: Opener | undefined
  reload(): void {
    this.reloadCount += 1
  }
  setWindowOpenHandler(opener: Opener): void {
    this.opener = opener
  }
  send(...message: unknown[]): void {
    this.sent.push(message)
  }
  open(url: string): WindowOpenHandlerResponse | undefined {
    return this.opener?.({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    })
  }
}

export class WindowDouble extends EventEmitter {
  readonly webContents = new ContentsDouble()
  readonly options: BrowserWindowConstructorOptions
  readonly loaded: string[] = []
  focusCount = 0
  bounds = { x: 10, y: 20, width: 1000, height: 700 }
  private destroyed = false
  constructor(options: BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  async loadURL(url: string): Promise<void> {
    this.loaded.push(url)
  }
  isDestroyed: BrowserWindow['isDestroyed'] = () => this.destroyed
  isMinimized: BrowserWindow['isMinimized'] = () => false
  isMaximized: BrowserWindow['isMaximized'] = () => true
  getNormalBounds: BrowserWindow['getNormalBounds'] = () => this.bounds
  getBounds: BrowserWindow['getBounds'] = () => this.bounds
  show(): void {}
  maximize(): void {}
  restore(): void {}
  /** The page puts away what it has to, and is gone. */
  close(): void {
    this.emit('close')
    this.webContents.emit('page-hidden')
    this.destroy()
  }
  /** As Electron does it: no `close`, whatever the page wants. */
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
  focus(): void {
    this.focusCount += 1
  }
}

export class SessionDouble extends EventEmitter {
  permissionRequest: Parameters<Session['setPermissionRequestHandler']>[0] = null
  permissionCheck: Parameters<Session['setPermissionCheckHandler']>[0] = null
  devicePermission: Parameters<Session['setDevicePermissionHandler']>[0] = null
  displayMedia: Parameters<Session['setDisplayMediaRequestHandler']>[0] = null
  readonly served = new Map<string, (request: Request) => Response | Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, answer: (request: Request) => Response | Promise<Response>) =>
      void this.served.set(scheme, answer),
  }
  setPermissionRequestHandler(handler: SessionDouble['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: SessionDouble['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: SessionDouble['devicePermission']): void {
    this.devicePermission = handler
  }
  setDisplayMediaRequestHandler(handler: SessionDouble['displayMedia']): void {
    this.displayMedia = handler
  }
}

/** A utility process over a real child: the data process's messages are really cloned. */
class UtilityDouble extends EventEmitter {
  readonly received: ToData[] = []
  private readonly port = forkTinyData()
  constructor() {
    super()
    this.port.onMessage((message: FromData) => void this.emit('message', message))
    this.port.onExit((code) => void this.emit('exit', code ?? 0))
  }
  postMessage(message: ToData): void {
    this.received.push(message)
    this.port.send(message)
  }
  kill(): boolean {
    this.port.kill()
    return true
  }
}

/** An invocation as Electron would deliver it. */
export function invokeEvent(url: string, parent: object | null = null): IpcMainInvokeEvent {
  return { senderFrame: { url, parent } } as unknown as IpcMainInvokeEvent
}
