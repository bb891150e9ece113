import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'

export type CommandOptions = {
  readonly serverUrl: URL
  readonly practice: string
  readonly manifest: string
  /** PEM of the authority that is trusted for the server; undefined for the system's own list. */
  readonly ca: string | undefined
  readonly key: string
  readonly json: boolean
}

/** Something is wrong with how the command was called; the sentence says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const HELP = `Send photos of a manifest to a practice, as a patient's device would.

  npm run intake -- --server URL --practice NAME --manifest FILE.csv [options]

  --server URL       address of the server, https://...
  --practice NAME    name of the practice that the intake key belongs to
  --manifest FILE    CSV (UTF-8 or UTF-16; comma, semicolon or tab) with the columns
                       patient      the practice's own reference of the patient
                       captured_on  YYYY-MM-DD
                       view         frontal, buccal_right, buccal_left, occlusal_upper, occlusal_lower
                       file         path of the photo, relative to the manifest
                     and, if wanted, stage (0-200), aligners (in, out, unknown), mirrored (none, uncorrected, corrected)
  --ca FILE          certificate authority of the server (default: DIR/server/tls/ca.pem where that exists)
  --key-file FILE    the intake key, or a JSON object of keys by practice name
                     (default: the variable LOUPE_INTAKE_KEY, then DIR/server/demo/intake-keys.json)
  --data DIR         data folder of a server on this machine (default .loupe)
  --json             print the summary as one JSON line
  --help             this text

The rows of one patient and day become one session. Everything wrong in the manifest is listed with its row before
anything is sent. Run the same command again after a break: what has arrived is neither sent nor made twice.

Exit codes: 0 every photo was published; 1 some photos were refused or some sessions could not be made;
2 nothing was sent (manifest or command line); 3 the server could not be reached or denied access.
`

/** @returns undefined when help was asked for. @throws UsageError */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): CommandOptions | undefined {
  const values = parse(args)
  if (values.help === true) return undefined
  const { server, practice, manifest } = values
  if (server === undefined || practice === undefined || manifest === undefined)
    throw new UsageError('--server, --practice and --manifest are needed. See --help.')
  refuseUnreadable(manifest)
  const data = path.resolve(values.data ?? '.loupe')
  return {
    serverUrl: serverUrlOf(server),
    practice,
    manifest: path.resolve(manifest),
    ca: readAuthority(values.ca, path.join(data, 'server/tls/ca.pem')),
    key: readKey(values['key-file'], path.join(data, 'server/demo/intake-keys.json'), practice, environment),
    json: values.json === true,
  }
}

function refuseUnreadable(manifest: string): void {
  const found = statSync(manifest, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`There is no manifest at ${manifest}.`)
  if (!found.isFile()) throw new UsageError(`${manifest} is not a file. Name the manifest itself.`)
  try {
    accessSync(manifest, constants.R_OK)
  } catch (cause) {
    throw new UsageError(`The manifest ${manifest} may not be read by this account.`, { cause })
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        server: text,
        practice: text,
        manifest: text,
        ca: text,
        'key-file': text,
        data: text,
        json: flag,
        help: flag,
      },
    }).values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? `${cause.message} See --help.` : 'See --help.', { cause })
  }
}

function serverUrlOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'https:') throw new UsageError(`--server must be an address that starts with https://.`)
  return url
}

function readAuthority(given: string | undefined, fallback: string): string | undefined {
  if (given === undefined && !existsSync(fallback)) return undefined
  return readText(given ?? fallback, 'The certificate authority')
}

function readKey(
  given: string | undefined,
  fallback: string,
  practice: string,
  environment: NodeJS.ProcessEnv,
): string {
  const fromEnvironment = environment['LOUPE_INTAKE_KEY']?.trim()
  if (given === undefined && fromEnvironment !== undefined && fromEnvironment !== '') return fromEnvironment
  if (given === undefined && !existsSync(fallback))
    throw new UsageError('No intake key: set LOUPE_INTAKE_KEY or give --key-file.')
  const text = readText(given ?? fallback, 'The intake key').trim()
  const key = text.startsWith('{') ? keyOfPractice(text, practice) : text
  if (key === undefined || key === '') throw new UsageError(`The key file has no key for the practice “${practice}”.`)
  return key
}

function keyOfPractice(json: string, practice: string): string | undefined {
  try {
    const key: unknown = (JSON.parse(json) as Record<string, unknown>)[practice]
    return typeof key === 'string' ? key : undefined
  } catch (cause) {
    throw new UsageError('The key file is neither a plain key nor JSON.', { cause })
  }
}

function readText(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`${what} could not be read from ${file}.`, { cause })
  }
}
