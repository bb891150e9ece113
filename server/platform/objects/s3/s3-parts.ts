import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
  NotFound,
  type S3Client,
  S3ServiceException,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { AppError, type ErrorCode } from '../../../contract/errors.ts'
import type { Clock } from '../../clock.ts'
import type { PartedUploads } from '../objects.ts'

const SIGNED_HEADERS = ['content-length', 'x-amz-checksum-sha256']

/** S3's own codes; all others are the store's trouble. */
const MEANING: Readonly<Record<string, ErrorCode>> = {
  NoSuchUpload: 'not-found',
  NoSuchKey: 'not-found', // Ceph's gateway says so of an upload
  InvalidPart: 'upload.length',
  InvalidPartOrder: 'upload.length',
  EntityTooSmall: 'upload.length',
  BadDigest: 'upload.length',
  InvalidRequest: 'upload.length',
  PreconditionFailed: 'upload.exists',
}

/** S3's multipart uploads. Only the server begins and ends them; a client gets addresses of single parts. */
export function openS3Parts(client: S3Client, Bucket: string, clock: Clock): PartedUploads {
  return {
    start: async (key, mediaType) => {
      const what = { Bucket, Key: key, ContentType: mediaType, ChecksumAlgorithm: 'SHA256' } as const
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(what))
      if (UploadId === undefined) throw new AppError('server.busy')
      return UploadId
    },
    signPart: async (key, uploadId, { part, bytes, sha256 }, ttlSeconds) => {
      const checksum = Buffer.from(sha256, 'hex').toString('base64')
      const command = new UploadPartCommand({
        Bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: part,
        ContentLength: bytes,
        ChecksumSHA256: checksum,
      })
      const headers = new Set(SIGNED_HEADERS)
      const url = await getSignedUrl(client, command, {
        expiresIn: ttlSeconds,
        signableHeaders: headers,
        unhoistableHeaders: headers,
      })
      return {
        url,
        headers: { 'x-amz-checksum-sha256': checksum },
        expiresAtMs: clock.nowMs() + ttlSeconds * 1000,
      }
    },
    complete: async (key, uploadId, { parts }) => {
      const Parts = parts.map(({ part, etag, sha256 }) => ({
        PartNumber: part,
        ETag: etag,
        ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
      }))
      const what = { Bucket, Key: key, UploadId: uploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' }
      try {
        // Stores that ignore the condition exist: they are asked first, and between the two lies a moment.
        if (await isThere(client, Bucket, key)) return await abort(client, Bucket, key, uploadId)
        await client.send(new CompleteMultipartUploadCommand(what))
      } catch (cause) {
        const error = meaningOf(cause)
        if (error.code === 'upload.exists') return // another upload of the same photo was first
        // For an upload that is gone, Ceph's gateway answers here what stands for trouble of its own.
        const isGone = error.code === 'internal' && !(await isKnown(client, Bucket, key, uploadId))
        throw isGone ? new AppError('not-found', {}, { cause }) : error
      }
    },
    abort: (key, uploadId) => abort(client, Bucket, key, uploadId),
    removeStale: async (beforeMs) => {
      let count = 0
      for await (const { Key, UploadId, Initiated } of listUploads(client, Bucket)) {
        if (Key === undefined || UploadId === undefined || (Initiated?.getTime() ?? beforeMs) >= beforeMs) continue
        await abort(client, Bucket, Key, UploadId)
        count += 1
      }
      return count
    },
  }
}

async function isThere(client: S3Client, Bucket: string, Key: string): Promise<boolean> {
  try {
    await client.send(new HeadObjectCommand({ Bucket, Key }))
    return true
  } catch (cause) {
    if (cause instanceof NotFound) return false
    throw cause
  }
}

async function isKnown(client: S3Client, Bucket: string, Key: string, UploadId: string): Promise<boolean> {
  try {
    await client.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }))
    return true
  } catch (cause) {
    if (meaningOf(cause).code === 'not-found') return false
    throw cause
  }
}

async function abort(client: S3Client, Bucket: string, Key: string, UploadId: string): Promise<void> {
  try {
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))
  } catch (cause) {
    if (meaningOf(cause).code !== 'not-found') throw cause
  }
}

async function* listUploads(client: S3Client, Bucket: string) {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {}
  while (marker !== undefined) {
    const page: ListMultipartUploadsCommandOutput = await client.send(
      new ListMultipartUploadsCommand({ Bucket, ...marker }),
    )
    yield* page.Uploads ?? []
    const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page
    const hasMore = IsTruncated === true && KeyMarker !== undefined && UploadIdMarker !== undefined
    marker = hasMore ? { KeyMarker, UploadIdMarker } : undefined
  }
}

function meaningOf(cause: unknown): AppError {
  const code = cause instanceof S3ServiceException ? MEANING[cause.name] : undefined
  return code === undefined ? AppError.from(cause) : new AppError(code, {}, { cause })
}
