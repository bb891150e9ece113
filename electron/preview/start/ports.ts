import { createServer } from 'node:net'
import { UsageError } from '../command-line.ts'

/** The server's port: the one that was asked for, or nothing; the default gives way to a free one. */
export async function chooseServerPort(port: number, wasGiven: boolean): Promise<number> {
  if (await isFree(port)) return port
  if (wasGiven) throw new UsageError(`Port ${port} is taken. Choose another, or leave --port out`)
  return 0
}

/** The workstation's: next to the server's, so that a bookmark survives a restart; else any free one. */
export async function chooseWorkstationPort(serverPort: number): Promise<number> {
  const next = serverPort + 1
  return next <= 65_535 && (await isFree(next)) ? next : 0
}

async function isFree(port: number): Promise<boolean> {
  if (port === 0) return true
  const probe = createServer()
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false))
    probe.listen({ host: '127.0.0.1', port, exclusive: true }, () => probe.close(() => resolve(true)))
  })
}
