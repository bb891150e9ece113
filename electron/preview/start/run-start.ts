import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from '../command-line.ts'
import { openBrowser, whyNoBrowser } from '../open-browser.ts'
import { watchStopSignals } from '../stop-signal.ts'
import type { Child } from './child.ts'
import { chooseServerPort, chooseWorkstationPort } from './ports.ts'
import { type Desktop, findDesktop } from './desktop.ts'
import { type Connection, type Parts, partsOf, startDesktop, startPreview, startServer } from './parts.ts'
import { isSeeded, seedPractice } from './seed-practice.ts'
import { parseStartOptions, START_HELP, type StartOptions } from './start-options.ts'
import { buildWindow, whyBuild } from './window-build.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
/** The shell's convention for a process that was ended by force. */
const FORCED_EXIT_CODE = 130

/** @returns the exit code of `npm start` */
export async function runStart(args: readonly string[], parts: Parts = partsOf(ROOT)): Promise<number> {
  try {
    const options = parseStartOptions(args)
    if (options !== undefined) return await runParts(options, parts)
    process.stdout.write(START_HELP)
    return 0
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause
    say(cause.message)
    return 2
  }
}

type Outcome = { readonly sentence: string; readonly exitCode: number }

/** Runs until a signal, the window's end or a crash of a part; then stops what runs, newest first. */
async function runParts(options: StartOptions, parts: Parts): Promise<number> {
  const running: Child[] = []
  const signals = watchStopSignals()
  const crash = Promise.withResolvers<Outcome>()
  const closed = Promise.withResolvers<void>()
  const run = (child: Child, onEnd: (code: number | null, sentence: string) => void): Child => {
    running.push(child)
    void child.ended.then(({ code, sentence }) => onEnd(code, sentence))
    return child
  }
  const crashed = (sentence: string) => crash.resolve({ sentence, exitCode: 1 })
  startAll(options, parts, { run, crashed, closed: closed.resolve }).catch((cause: unknown) => {
    const sentence = cause instanceof Error ? cause.message : 'Loupe did not start'
    crash.resolve({ sentence, exitCode: cause instanceof UsageError ? 2 : 1 })
  })
  const wished: Outcome = { sentence: 'stopping', exitCode: 0 }
  const outcome = await Promise.race([
    signals.asked.then(() => wished),
    closed.promise.then(() => wished),
    crash.promise,
  ])
  say(outcome.sentence)
  const stopped = stopAll(running).then(() => false)
  const forced = await Promise.race([stopped, signals.forced.then(() => true)])
  if (forced) {
    for (const child of running) child.kill()
    await Promise.all(running.map((child) => child.ended))
  }
  // A browser's open connection or a half-sent sample must not hold this process.
  process.exit(forced ? FORCED_EXIT_CODE : outcome.exitCode)
}

async function stopAll(running: readonly Child[]): Promise<void> {
  for (const child of running.toReversed()) await child.stop()
}

type Stage = {
  readonly run: (child: Child, onEnd: (code: number | null, sentence: string) => void) => Child
  readonly crashed: (sentence: string) => void
  readonly closed: () => void
}

async function startAll(options: StartOptions, parts: Parts, stage: Stage): Promise<void> {
  const { dataDir } = options
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const port = await chooseServerPort(options.port, options.portWasGiven)
  const logFile = path.join(dataDir, 'logs/electron-runtime.log')
  const desktop = findDesktop(parts.root, options.open, { run: stage.run, say, logFile })
  say(`starting the server (data in ${dataDir})`)
  const server = stage.run(startServer(parts, dataDir, port, options.empty), (_code, sentence) =>
    stage.crashed(sentence),
  )
  const listening = await server.message('listening')
  const connection = { serverUrl: String(listening['url']), caFile: String(listening['ca']) }
  say(`server: ${connection.serverUrl}`)
  const practice = startPractice(options, parts, connection, stage)
  practice.catch(() => {}) // awaited below: this only keeps an early failure from counting as unhandled
  await build(parts.root, dataDir)
  const workstation = await startWorkstation(await desktop, options, parts, connection, stage)
  await practice
  process.stdout.write(`${JSON.stringify({ event: 'ready', server: connection.serverUrl, workstation })}\n`)
  say(`ready: ${workstation}`)
  show(workstation, options.open)
}

/** Resolves when there is something to look at: the first sample session, or nothing by wish. */
async function startPractice(options: StartOptions, parts: Parts, connection: Connection, stage: Stage): Promise<void> {
  if (options.empty) return say('no sample practice (--empty)')
  if (isSeeded(options.dataDir)) return say('the sample practice is there already')
  say('making and sending the sample practice')
  await seedPractice(parts, options.dataDir, connection, stage.run)
}

async function build(root: string, dataDir: string): Promise<void> {
  const why = whyBuild(root)
  if (why === undefined) return
  say(`building the window: ${why}`)
  await buildWindow(root, path.join(dataDir, 'logs/build.log'))
}

async function startWorkstation(
  desktop: Desktop,
  { dataDir }: StartOptions,
  parts: Parts,
  connection: Connection,
  stage: Stage,
): Promise<string> {
  const opened = 'runtime' in desktop ? await openDesktop(desktop.runtime, parts, dataDir, connection, stage) : desktop
  if (typeof opened === 'string') return opened
  say(`starting the workstation for a browser (${opened.whyNot})`)
  const port = await chooseWorkstationPort(Number(new URL(connection.serverUrl).port))
  const child = stage.run(startPreview(parts, dataDir, port, connection), (_code, sentence) => stage.crashed(sentence))
  return String((await child.message('ready'))['workstation'])
}

/** @returns its address, or why it ended before there was a window: as root on Linux, say, or without a sandbox */
async function openDesktop(
  runtime: string,
  parts: Parts,
  dataDir: string,
  connection: Connection,
  stage: Stage,
): Promise<string | { readonly whyNot: string }> {
  say('starting the workstation as a desktop app')
  const window = { isOpen: false }
  const child = stage.run(startDesktop(runtime, parts, dataDir, connection), (code, sentence) => {
    if (code === 0) stage.closed()
    else if (window.isOpen) stage.crashed(sentence)
  })
  try {
    const ready = await child.message('ready')
    window.isOpen = true
    return String(ready['workstation'])
  } catch (cause) {
    return { whyNot: cause instanceof Error ? cause.message : 'the desktop app did not start' }
  }
}

function show(workstation: string, open: boolean): void {
  if (!open || !workstation.startsWith('http')) return
  const why = whyNoBrowser(process.env, process.platform)
  if (why === undefined) openBrowser(workstation, () => say('no browser could be opened: open the address yourself'))
  else say(`${why}: open the address yourself`)
}

function say(line: string): void {
  process.stderr.write(`loupe: ${line}\n`)
}
