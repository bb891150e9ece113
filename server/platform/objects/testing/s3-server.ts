import { execFile, execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'

const SCRIPT = fileURLToPath(new URL('./start-s3.sh', import.meta.url))
const run = promisify(execFile)

export type S3Server = {
  readonly endpoint: string
  readonly bucket: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  stop(): Promise<void>
}

/** False, with a printed line that says what is missing, where Ceph's gateway is not installed. */
export function hasS3Server(): boolean {
  const missing = ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph'].filter((program) => !isInstalled(program))
  if (missing.length === 0) return true
  process.stdout.write(`skipped: S3 tests need ${missing.join(', ')} (Debian: radosgw, ceph-mon, ceph-osd)\n`)
  return false
}

/** A real S3 server with one bucket, on ports that were free a moment ago; another draw when one is taken since. */
export async function startS3Server(): Promise<S3Server> {
  const credentials = { accessKeyId: 'loupe-test-key', secretAccessKey: 'loupe-test-secret-0123456789' }
  const folder = await mkdtemp(join(tmpdir(), 'loupe-s3-'))
  const endpoint = await startOnFreePorts(folder, credentials)
  const bucket = 'loupe-photos'
  const settings = { endpoint, region: 'us-east-1', forcePathStyle: true, credentials }
  const client = new S3Client(settings)
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  const stop = async () => {
    await run('bash', [SCRIPT, 'drop', folder])
    await rm(folder, { recursive: true, force: true })
  }
  return { endpoint, bucket, credentials, stop }
}

async function startOnFreePorts(folder: string, keys: S3Server['credentials']): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    // Below the range that the system hands out by itself; the script takes 31 ports from here.
    const port = String(20_000 + randomInt(380) * 32)
    try {
      const { stdout } = await run('bash', [SCRIPT, 'start', folder, port, keys.accessKeyId, keys.secretAccessKey])
      return stdout.trim()
    } catch (cause) {
      if (attempt === 2) throw cause
      await rm(folder, { recursive: true, force: true })
    }
  }
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('bash', ['-c', 'command -v "$0"', program], { stdio: 'ignore' })
    return true
  } catch {
    return false // the answer itself
  }
}
