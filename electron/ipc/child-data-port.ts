import { fork } from 'node:child_process'
import type { FromData } from '../data/protocol.ts'
import type { DataPort } from './data-port.ts'

/** Starts the data process as a plain Node child; structured clone carries bytes without base64. */
export function forkDataPort(entry: string, args: readonly string[]): DataPort {
  const child = fork(entry, [...args], {
    serialization: 'advanced',
    // Its own process group: Ctrl-C in a terminal reaches the host alone, which then shuts the store in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  })
  const exits: ((code: number | null) => void)[] = []
  const state = { ended: false, code: null as number | null }
  const end = (code: number | null) => {
    if (state.ended) return
    Object.assign(state, { ended: true, code })
    for (const listener of exits) listener(code)
  }
  child.once('exit', end)
  child.once('error', () => end(null))
  return {
    send: (message) => {
      // A message to a process that has just ended is lost like one it never answered: `onExit` follows.
      if (child.connected) child.send(message, () => {})
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromData)), // our own process
    onExit: (listener) => (state.ended ? listener(state.code) : void exits.push(listener)),
    kill: () => void child.kill('SIGKILL'),
  }
}
