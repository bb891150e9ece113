import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { dataArguments } from '../ipc/data-arguments.ts'
import { forkDataPort } from '../ipc/child-data-port.ts'
import { startDataProcess } from '../ipc/data-process.ts'
import { createLogger } from '../platform/logger.ts'
import { UsageError } from './command-line.ts'
import { openBrowser, whyNoBrowser } from './open-browser.ts'
import { parsePreviewOptions, PREVIEW_HELP, type PreviewOptions } from './preview-options.ts'
import { startPreviewServer } from './preview-server.ts'
import { watchStopSignals } from './stop-signal.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
const DATA_ENTRY = path.join(ROOT, 'electron/data/main.ts')
const RENDERER = path.join(ROOT, 'out/renderer')
const BRIDGE = path.join(ROOT, 'out/preload/preview-bridge.cjs')

/** @returns the exit code */
export async function runPreview(args: readonly string[]): Promise<number> {
  try {
    const options = parsePreviewOptions(args)
    if (options === undefined) {
      process.stdout.write(PREVIEW_HELP)
      return 0
    }
    for (const built of [path.join(RENDERER, 'index.html'), BRIDGE]) {
      if (!existsSync(built)) throw new UsageError('The window is not built yet: run `npm run build` first')
    }
    return await serve(options)
  } catch (cause) {
    if (!(cause instanceof UsageError || isPortTaken(cause))) throw cause
    process.stderr.write(`preview: ${cause instanceof UsageError ? cause.message : 'that port is taken'}\n`)
    return 2
  }
}

async function serve(options: PreviewOptions): Promise<number> {
  const logger = createLogger(process.env['LOUPE_LOG'] ?? 'info')
  const stop = watchStopSignals()
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const { dataDir, serverUrl, caFile } = options
  const dataArgs = dataArguments({ dataDir, serverUrl, caFile, version: readVersion() })
  const data = startDataProcess({ spawn: () => forkDataPort(DATA_ENTRY, dataArgs), logger })
  try {
    const server = await startPreviewServer({
      data,
      rendererDir: RENDERER,
      bridgeFile: BRIDGE,
      port: options.port,
      logger,
    })
    process.stdout.write(`${JSON.stringify({ event: 'ready', workstation: server.url })}\n`)
    if (options.open) show(server.url)
    await stop.asked
    await Promise.race([server.close(), stop.forced])
  } finally {
    await Promise.race([data.stop(), stop.forced])
  }
  process.exit(0) // a browser's open connection must not hold the process
}

function show(url: string): void {
  const why = whyNoBrowser(process.env, process.platform)
  const say = (reason: string) => process.stderr.write(`preview: ${reason}: open the address yourself\n`)
  if (why === undefined) openBrowser(url, () => say('no browser could be opened'))
  else say(why)
}

function readVersion(): string {
  const json: unknown = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
  return (json as { version: string }).version // our own package.json
}

function isPortTaken(cause: unknown): boolean {
  return (cause as { code?: unknown }).code === 'EADDRINUSE'
}
