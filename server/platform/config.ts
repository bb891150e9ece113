import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const text = z.string().min(1)
/** What is fetched from or sent to there is believed, or secret: nobody on the way may change or read it. */
const https = z.url({ protocol: /^https$/, error: 'must be an https address' })
const onThisMachine = z.url({ protocol: /^http$/, error: '' }).refine((url) => isLoopback(hostOf(url)))

/** One row per setting: where it comes from, what it may be, what --help says. A flag wins over the environment. */
export const SETTINGS = {
  data: { env: 'LOUPE_DATA', flag: 'data', schema: text.default('.loupe'), help: 'data folder (default .loupe)' },
  port: { env: 'LOUPE_PORT', flag: 'port', schema: port.default(8443), help: 'port, 0 for a free one (default 8443)' },
  host: { env: 'LOUPE_HOST', schema: text.default('127.0.0.1'), help: 'address to listen on (default 127.0.0.1)' },
  publicUrl: {
    env: 'LOUPE_PUBLIC_URL',
    schema: https.transform((url) => url.replace(/\/+$/, '')).optional(),
    help: 'https address that clients use',
  },
  databaseUrl: {
    env: 'LOUPE_DATABASE_URL',
    schema: z.url().optional(),
    help: 'PostgreSQL, as the role that serves and owns nothing; without it the server starts its own',
  },
  databaseOwnerUrl: {
    env: 'LOUPE_DATABASE_OWNER_URL',
    schema: z.url().optional(),
    help: 'the same database, as the role that migrates',
  },
  s3Bucket: { env: 'LOUPE_S3_BUCKET', schema: text.optional(), help: 'keep photos in this S3 bucket' },
  s3Endpoint: { env: 'LOUPE_S3_ENDPOINT', schema: z.url().optional(), help: 'S3 server other than AWS' },
  s3Region: { env: 'LOUPE_S3_REGION', schema: text.default('us-east-1'), help: 'S3 region' },
  s3AccessKeyId: {
    env: 'LOUPE_S3_ACCESS_KEY_ID',
    schema: text.optional(),
    help: 'S3 key; without it the AWS chain of credentials',
  },
  s3SecretAccessKey: { env: 'LOUPE_S3_SECRET_ACCESS_KEY', schema: text.optional(), help: 'S3 secret' },
  oidcIssuer: {
    env: 'LOUPE_OIDC_ISSUER',
    schema: z.union([https, onThisMachine], 'must be an https address').optional(),
    help: 'identity provider; without it, on a loopback host, a demonstration provider is started',
  },
  oidcClientId: { env: 'LOUPE_OIDC_CLIENT_ID', schema: text.default('loupe-workstation'), help: 'OIDC client id' },
  oidcAudience: { env: 'LOUPE_OIDC_AUDIENCE', schema: text.default('urn:loupe:api'), help: 'audience of tokens' },
  demoPatients: {
    env: 'LOUPE_DEMO_PATIENTS',
    schema: text.optional(),
    help: 'JSON file: patients that the demonstration enters in its first practice',
  },
  demoSecondReads: {
    env: 'LOUPE_DEMO_SECOND_READS',
    schema: z.coerce.number().min(0).max(100).optional(),
    help: 'share of cases (percent) that the demonstration’s practices begin to read twice with, instead of 2',
  },
  tlsCert: { env: 'LOUPE_TLS_CERT', schema: text.optional(), help: 'PEM file: certificate chain' },
  tlsKey: { env: 'LOUPE_TLS_KEY', schema: text.optional(), help: 'PEM file: its private key' },
  log: {
    env: 'LOUPE_LOG',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    help: 'level of the log on standard error: silent, error, warn, info (default), debug',
  },
} as const satisfies Record<string, { env: string; flag?: string; schema: z.ZodType; help: string }>

type SettingName = keyof typeof SETTINGS
export type Config = { readonly [N in SettingName]: z.output<(typeof SETTINGS)[N]['schema']> }

/** What the command line asks for. `refused` is a list of sentences for whoever started the server. */
export type ConfigAnswer =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }

/** Reads flags and environment, once, at start. Nothing else in the server looks at either. */
export function readConfig(args: readonly string[], env: Readonly<Record<string, string | undefined>>): ConfigAnswer {
  const flags = readFlags(args)
  if (flags instanceof Error) return { kind: 'refused', reasons: [flags.message] }
  if (flags['help'] === true) return { kind: 'help', text: helpText() }
  const reasons: string[] = []
  const read = Object.entries(SETTINGS).map(([name, setting]) => {
    const flag = 'flag' in setting ? flags[setting.flag] : undefined
    const parsed = setting.schema.safeParse(flag ?? (env[setting.env] === '' ? undefined : env[setting.env]))
    if (!parsed.success) reasons.push(`${setting.env}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`)
    return [name, parsed.data] as const
  })
  const config = Object.fromEntries(read) as Config // each value went through its own row's schema above
  reasons.push(...contradictionsOf(config))
  if (reasons.length > 0) return { kind: 'refused', reasons }
  return { kind: 'config', config: { ...config, data: resolve(config.data) } }
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** Without the brackets of an IPv6 address. */
function hostOf(url: string): string {
  return (URL.parse(url)?.hostname ?? '').replace(/^\[|\]$/g, '')
}

function readFlags(args: readonly string[]): Record<string, string | boolean | undefined> | Error {
  try {
    const options = {
      data: { type: 'string' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    } as const
    return parseArgs({ args: [...args], options, strict: true }).values
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause))
  }
}

function contradictionsOf(config: Config): string[] {
  const reasons: string[] = []
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined))
    reasons.push('LOUPE_TLS_CERT and LOUPE_TLS_KEY are given together or not at all')
  if ((config.databaseUrl === undefined) !== (config.databaseOwnerUrl === undefined))
    reasons.push('LOUPE_DATABASE_URL and LOUPE_DATABASE_OWNER_URL are given together or not at all')
  if ((config.s3AccessKeyId === undefined) !== (config.s3SecretAccessKey === undefined))
    reasons.push('LOUPE_S3_ACCESS_KEY_ID and LOUPE_S3_SECRET_ACCESS_KEY are given together or not at all')
  const isForOthers =
    !isLoopback(config.host) || (config.publicUrl !== undefined && !isLoopback(hostOf(config.publicUrl)))
  if (isForOthers && config.oidcIssuer === undefined)
    reasons.push('LOUPE_OIDC_ISSUER is needed: the demonstration provider serves a loopback host only')
  if (isLoopback(config.host)) return reasons
  if (config.tlsCert === undefined) reasons.push('LOUPE_TLS_CERT and LOUPE_TLS_KEY are needed beyond a loopback host')
  return reasons
}

function helpText(): string {
  const rows = Object.values(SETTINGS).map((setting) => {
    const flag = 'flag' in setting ? `--${setting.flag}, ` : ''
    return `  ${`${flag}${setting.env}`.padEnd(30)} ${setting.help}`
  })
  return ['Loupe companion server', '', 'npm run server -- [--data DIR] [--port N]', '', ...rows, ''].join('\n')
}
