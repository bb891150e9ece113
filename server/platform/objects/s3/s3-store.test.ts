import { setTimeout as wait } from 'node:timers/promises'
import { describe } from 'vitest'
import { systemClock } from '../../clock.ts'
import { objectStoreContract } from '../objects-contract.testing.ts'
import { hasS3Server, startS3Server } from '../testing/s3-server.ts'
import { openS3Store } from './s3-store.ts'

describe.skipIf(!hasS3Server())('objects in S3, on a real server', () => {
  objectStoreContract(async () => {
    const server = await startS3Server()
    const options = { ...server, region: 'us-east-1', clock: systemClock }
    const store = openS3Store(options)
    const credentials = { ...server.credentials, secretAccessKey: 'somebody-elses-guess-0123456789' }
    const withWrongSecret = openS3Store({ ...options, credentials })
    return {
      store,
      withWrongSecret,
      ca: undefined,
      checksHash: false,
      passTime: (seconds) => wait(seconds * 1000), // the gateway's clock is the machine's
      stop: async () => {
        store.close()
        withWrongSecret.close()
        await server.stop()
      },
    }
  })
})
