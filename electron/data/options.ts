import { parseArgs } from 'node:util'
import type { DataOptions } from './protocol.ts'

export function parseDataOptions(args: readonly string[]): DataOptions {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { dataDir: text, serverUrl: text, caFile: text, version: text, graceMs: text, leaveMs: text },
  })
  const { dataDir, serverUrl, caFile, version, graceMs, leaveMs } = values
  if (dataDir === undefined || serverUrl === undefined || version === undefined)
    throw new Error('The data process needs --dataDir, --serverUrl and --version')
  const given = {
    ...(graceMs === undefined ? {} : { graceMs: Number(graceMs) }),
    ...(leaveMs === undefined ? {} : { leaveMs: Number(leaveMs) }),
  }
  return { dataDir, serverUrl, caFile: caFile ?? null, version, ...given }
}
