import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { openFolderStore } from './folder/folder-store.ts'
import { answerSignedRequests, type SignedRequests } from './folder/signed-requests.ts'
import type { ObjectStore } from './objects.ts'
import { openS3Store } from './s3/s3-store.ts'

export type OpenObjects = {
  readonly store: ObjectStore
  /** Answers the folder's presigned addresses; undefined with S3, which answers its own. */
  readonly signedRequests: SignedRequests | undefined
  close(): void
}

type Options = {
  readonly root: string
  readonly secret: Uint8Array
  readonly clock: Clock
  readonly publicUrl: () => string
}

/** S3 when LOUPE_S3_BUCKET is set, else a folder. */
export async function openObjects(
  config: Pick<Config, 's3Bucket' | 's3Endpoint' | 's3Region' | 's3AccessKeyId' | 's3SecretAccessKey'>,
  options: Options,
): Promise<OpenObjects> {
  if (config.s3Bucket === undefined) {
    return { store: await openFolderStore(options), signedRequests: answerSignedRequests(options), close: () => {} }
  }
  const { s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = config
  const hasKeys = accessKeyId !== undefined && secretAccessKey !== undefined
  const store = openS3Store({
    bucket: config.s3Bucket,
    region: config.s3Region,
    endpoint: config.s3Endpoint,
    credentials: hasKeys ? { accessKeyId, secretAccessKey } : undefined,
    clock: options.clock,
  })
  return { store, signedRequests: undefined, close: () => store.close() }
}
