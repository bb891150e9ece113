import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import path from 'node:path'
import { parseArgs } from 'node:util'

/**
 * Stands in for the server, the preview, the desktop app and the sample practice in tests of `npm start`. `FAKE_<ROLE>` chooses how it
 * behaves; every process notes itself in `<data>/pids`, so that a test can ask who is still there.
 */
const [, , role = '', ...args] = process.argv
const { values } = parseArgs({
  args,
  options: { notes: { type: 'string' }, port: { type: 'string' } },
  strict: false,
})
const notes = String(values.notes)
const behaviour = process.env[`FAKE_${role.toUpperCase()}`] ?? ''
const note = (line: string) => appendFileSync(path.join(notes, 'notes'), `${line}\n`)
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`)

note(`${role} ${process.pid}`)
if (role === 'database') {
  process.on('SIGTERM', () => {}) // as PostgreSQL with clients: a polite stop never comes
  process.on('SIGINT', () => process.exit(0))
  setInterval(() => {}, 60_000)
} else if (role === 'samples') runSamples()
else if (role === 'desktop') runDesktop()
else await runServing()

function runSamples(): void {
  if (behaviour === 'fail') process.exit(4)
  say({ event: 'published', sessions: 1, of: 2 })
  if (behaviour !== 'long') process.exit(0)
  setInterval(() => {}, 60_000)
}

function runDesktop(): void {
  if (behaviour === 'crash') {
    process.stderr.write('no sandbox here\n')
    process.exit(133)
  }
  say({ event: 'ready', workstation: 'app://workstation/' })
  process.on('SIGTERM', () => process.exit(0))
  setTimeout(() => process.exit(0), behaviour === 'closed' ? 300 : 60_000)
}

async function runServing(): Promise<void> {
  const listener = createServer((_request, response) => response.end('here'))
  await new Promise<void>((resolve) => listener.listen(Number(values.port), '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number } // a TCP server's address
  const database = role === 'server' ? spawn(process.execPath, databaseArguments(), { stdio: 'ignore' }) : undefined
  process.on('SIGINT', () => note(`${role} got SIGINT`))
  process.on('SIGTERM', () => {
    note(`${role} stopping`)
    if (behaviour === 'deaf') return
    database?.kill('SIGINT')
    process.exit(0)
  })
  if (role === 'server') say({ event: 'listening', url: `https://127.0.0.1:${port}`, ca: '/ca.pem' })
  else say({ event: 'ready', workstation: `http://127.0.0.1:${port}/?token=x` })
  if (behaviour !== 'crash') return
  process.stderr.write('the disk is full\n')
  process.exit(9)
}

function databaseArguments(): string[] {
  return [import.meta.filename, 'database', '--notes', notes]
}
