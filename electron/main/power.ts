import type { PowerMonitor } from 'electron'
import type { DataProcess } from '../ipc/data-process.ts'

/** Whoever wakes or unlocks this computer is not yet known to be the person who left it. */
export function lockOnPowerEvents(powerMonitor: Pick<PowerMonitor, 'on'>, data: Pick<DataProcess, 'lock'>): void {
  powerMonitor.on('suspend', () => data.lock())
  powerMonitor.on('lock-screen', () => data.lock())
}
