import { pino } from 'pino'

/** Ids, counts, durations and codes. Names, notes, paths of photos and addresses with signatures have no field. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>

/** Passed in, never imported: the message is a fixed event name, the rest is fields. */
export type Logger = {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** `cause` is written as name, code and stack; its message is not, for it may quote input. */
  error(event: string, cause: unknown, fields?: LogFields): void
}

export function createLogger(level: string): Logger {
  const out = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
  return {
    info: (event, fields = {}) => out.info(fields, event),
    warn: (event, fields = {}) => out.warn(fields, event),
    error: (event, cause, fields = {}) => out.error({ ...fields, ...describe(cause) }, event),
  }
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} }

function describe(cause: unknown): LogFields {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  // The job queue reports copies of errors, which are plain objects.
  if (!(cause instanceof Error)) return { errorName: typeof cause, errorCode: typeof code === 'string' ? code : null }
  const frames = (cause.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    errorName: cause.name,
    errorCode: typeof code === 'string' ? code : null,
    errorStack: frames.slice(0, 8).join(' | '),
  }
}
