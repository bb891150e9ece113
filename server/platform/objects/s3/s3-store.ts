import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { AppError } from '../../../contract/errors.ts'
import type { Clock } from '../../clock.ts'
import type { ObjectStore } from '../objects.ts'
import { openS3Parts } from './s3-parts.ts'

export type S3StoreOptions = {
  readonly bucket: string
  readonly region: string
  readonly endpoint?: string | undefined
  /** Absent: the chain of the AWS SDK (environment, profile, instance role). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
  readonly clock: Clock
}

const SIGNED_HEADERS = ['content-type', 'content-length', 'if-none-match', 'x-amz-checksum-sha256']

/**
 * Objects in an S3 bucket. Stores that ignore `x-amz-checksum-sha256` exist, so whoever publishes an uploaded photo
 * still hashes its bytes (modules/photos); the header is signed for those that check it.
 */
export function openS3Store(options: S3StoreOptions): ObjectStore & { close(): void } {
  const client = new S3Client(clientConfig(options))
  const Bucket = options.bucket
  return {
    signUpload: async (key, what, ttlSeconds) => {
      const checksum = Buffer.from(what.sha256, 'hex').toString('base64')
      const command = new PutObjectCommand({
        Bucket,
        Key: key,
        ContentLength: what.bytes,
        ContentType: what.mediaType,
        IfNoneMatch: '*',
        ChecksumSHA256: checksum,
      })
      const url = await getSignedUrl(client, command, {
        expiresIn: ttlSeconds,
        signableHeaders: new Set(SIGNED_HEADERS),
        unhoistableHeaders: new Set(SIGNED_HEADERS),
      })
      return {
        url,
        headers: { 'content-type': what.mediaType, 'if-none-match': '*', 'x-amz-checksum-sha256': checksum },
        expiresAtMs: options.clock.nowMs() + ttlSeconds * 1000,
      }
    },
    parts: openS3Parts(client, Bucket, options.clock),
    signDownload: (key, ttlSeconds) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), { expiresIn: ttlSeconds }),
    head: async (key) => {
      const found = await orUndefined(client.send(new HeadObjectCommand({ Bucket, Key: key })))
      return found === undefined ? undefined : { bytes: found.ContentLength ?? 0 }
    },
    get: async (key) => {
      const found = await orUndefined(client.send(new GetObjectCommand({ Bucket, Key: key })))
      if (found?.Body === undefined) throw new AppError('not-found')
      return found.Body.transformToByteArray()
    },
    put: async (key, bytes, mediaType) => {
      const what = { Bucket, Key: key, Body: bytes, ContentLength: bytes.length, ContentType: mediaType }
      await client.send(new PutObjectCommand(what))
    },
    delete: async (key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }))
    },
    isReachable: async () => {
      try {
        await client.send(new HeadBucketCommand({ Bucket }), { abortSignal: AbortSignal.timeout(3000) })
        return true
      } catch {
        return false // the answer itself: /readyz says so
      }
    },
    close: () => client.destroy(),
  }
}

function clientConfig(options: S3StoreOptions): S3ClientConfig {
  return {
    region: options.region,
    // Trailing checksums in chunked bodies are refused by S3 servers other than AWS.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint, forcePathStyle: true }),
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  }
}

async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (cause) {
    if (cause instanceof NoSuchKey || cause instanceof NotFound) return undefined
    throw cause
  }
}
