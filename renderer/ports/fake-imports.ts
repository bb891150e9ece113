import type { ImportProgress, StagedPhoto } from '../../preload/contract/import.ts'
import type { Handlers } from '../../preload/contract/ipc.ts'
import { PhotoHash } from '../../server/contract/domain/ids.ts'
import { listName } from '../../server/contract/domain/patients.ts'
import { View } from '../../server/contract/domain/views.ts'
import type { FakePractice } from './fake-practice.ts'

/** Photos are what their names say; a started import stays at its beginning. */
export function fakeImports(practice: FakePractice) {
  const imports: ImportProgress[] = []
  return {
    'import.stage': async ({ name, bytes }): Promise<StagedPhoto> => {
      const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))
      const hash = PhotoHash.parse(
        [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
      )
      const isPhoto = /\.(jpe?g|png|webp|heic)$/i.test(name)
      const guessedView = View.options.find((view) => name.toLowerCase().includes(view)) ?? null
      return {
        hash,
        name,
        byteCount: bytes.byteLength,
        mediaType: isPhoto ? 'image/jpeg' : null,
        refusal: isPhoto ? null : 'not-a-photo',
        guessedView,
      }
    },
    'import.start': async (input) => {
      const patient = 'id' in input.patient ? input.patient.id : null
      const found = practice.patients.find((other) => other.id === patient)
      const progress: ImportProgress = {
        sessionId: input.sessionId,
        patientLabel: 'reference' in input.patient ? input.patient.reference : found ? listName(found) : '',
        capturedOn: input.capturedOn,
        state: 'uploading',
        images: input.images.map(({ view, hash }) => ({ view, hash, state: 'uploading', refusal: null })),
      }
      imports.unshift(progress)
      return progress
    },
    'import.list': async () => imports,
  } satisfies Partial<Handlers>
}
