import path from 'node:path'
import { forkDataPort } from '../child-data-port.ts'
import type { DataPort } from '../data-port.ts'

export function forkTinyData(...args: string[]): DataPort {
  return forkDataPort(path.join(import.meta.dirname, 'tiny-data.ts'), args)
}
