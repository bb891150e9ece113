import * as fc from 'fast-check'
import { v7 as uuidV7 } from 'uuid'
import type { RouteName } from '../../contract/api/routes.ts'
import { UPLOAD_PART_BYTES } from '../../contract/domain/photos.ts'
import { newPhoto, newRead, newSession } from '../../modules/testing.ts'
import type { Json } from './hostile-json.ts'
import { type HostileWorld, newPatientFields } from './hostile-world.ts'
import { mutationOf } from './mutation-of.ts'

/** A request of this route that would be taken, made anew each time. */
export function validBody(world: HostileWorld, name: RouteName): fc.Arbitrary<Json> {
  const reads = () => [mutationOf(1, newRead(world.session.sessionId)), mutationOf(2, newRead(world.session.sessionId))]
  const make: Partial<Record<RouteName, () => unknown>> = {
    'scans.uploadUrl': () => ({ hash: newPhoto().hash, bytes: 41, mediaType: 'image/jpeg' }),
    'scans.startUpload': () => ({ hash: newPhoto().hash, bytes: UPLOAD_PART_BYTES + 1, mediaType: 'image/jpeg' }),
    'scans.uploadPart': () => ({ hash: newPhoto().hash, uploadId: uuidV7(), part: 1, sha256: newPhoto().hash }),
    'scans.completeUpload': () => {
      const part = (number: number) => ({ part: number, etag: '"a"', sha256: newPhoto().hash })
      return { hash: newPhoto().hash, uploadId: uuidV7(), parts: [part(1), part(2)] }
    },
    'scans.createSession': () => newSession([newPhoto(), newPhoto()]),
    'scans.tag': () => newRead(world.session.sessionId),
    'scans.withdraw': () => ({ reason: 'Photos of another patient' }),
    'patients.create': () => ({ ...newPatientFields(), id: uuidV7() }),
    'patients.change': () => ({ baseRevision: 1, set: { givenName: 'B', currentStage: 4 } }),
    'photos.downloadUrls': () => ({ photos: [{ hash: world.session.images[0]?.hash, size: '512' }] }),
    'presence.set': () => ({ sessionId: world.session.sessionId }),
    'sync.push': () => ({ ...world.pushed, clientId: uuidV7(), mutations: reads() }),
    'sync.importOutbox': () => ({ ...world.imported, clientId: uuidV7(), mutations: reads() }),
    'intakeKeys.create': () => ({ label: 'front desk' }),
  }
  const made = make[name]
  if (made === undefined) throw new Error(`No valid body is known for ${name}: add one, or its route is never tried`)
  return fc.constant(null).map(() => made() as Json) // each of them is plain JSON
}
