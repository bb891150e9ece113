import path from 'node:path'
import { parseArgs, type ParseArgsConfig } from 'node:util'

/** A mistake of the person at the keyboard: printed as a sentence, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export function readFlags<O extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'Arguments that could not be read', { cause })
  }
}

export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port takes a number from 0 to 65535, not "${text}"`)
  return port
}

export function readHttpUrl(text: string | undefined, flag: string): string {
  if (text === undefined) throw new UsageError(`${flag} is missing`)
  const url = URL.parse(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`${flag} takes an http or https address, not "${text}"`)
  }
  return url.origin
}

export function readPath(text: string): string {
  return path.resolve(text)
}
