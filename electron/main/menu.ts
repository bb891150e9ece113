import type { ElectronApi } from './electron-api.ts'

/**
 * macOS sends Cmd+C, X, V, A and Q through the menu bar alone: without one nobody could paste into a field. Elsewhere
 * there is none, and on no system one that reloads or inspects.
 */
export function setMenu({ Menu }: Pick<ElectronApi, 'Menu'>, platform: NodeJS.Platform): void {
  const onMac = [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] as const
  Menu.setApplicationMenu(platform === 'darwin' ? Menu.buildFromTemplate([...onMac]) : null)
}
