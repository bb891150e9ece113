import type { FromData, ToData } from '../data/protocol.ts'

/** One running data process, whatever carries its messages: a child process in preview, a utility process in the app. */
export type DataPort = {
  send(message: ToData): void
  onMessage(listener: (message: FromData) => void): void
  /** Called exactly once, also when the process could not be started at all. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
}
