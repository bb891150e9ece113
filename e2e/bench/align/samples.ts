import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { type PhotoTruth, SessionTruth } from '../../../resources/sample-cases/truth/schema.ts'

export type SampleSession = { readonly folder: string; readonly session: SessionTruth }
export type SamplePair = {
  readonly current: { readonly session: SessionTruth; readonly photo: PhotoTruth; readonly file: string }
  readonly prior: { readonly session: SessionTruth; readonly photo: PhotoTruth; readonly file: string }
}

/** Photos of the sample practice that show each other's teeth: each session against the one before, flaws left out. */
export function listSamplePairs(root: string): readonly SamplePair[] {
  return readdirSync(root)
    .filter((name) => existsSync(path.join(root, name)) && !name.includes('.'))
    .toSorted()
    .flatMap((reference) => {
      const sessions = readdirSync(path.join(root, reference))
        .toSorted()
        .map((day) => readSession(path.join(root, reference, day)))
      return sessions.slice(1).flatMap((current, i) => pairsOf(current, sessions[i]))
    })
}

function readSession(folder: string): SampleSession {
  const text = readFileSync(path.join(folder, 'truth.json'), 'utf8')
  return { folder, session: SessionTruth.parse(JSON.parse(text)) }
}

/** Photos that ought to be refused are judged elsewhere: mirrored without saying so, unreadable. */
const LEFT_OUT = new Set(['truncated', 'mirrored', 'mirrored-unsaid'])

function pairsOf(current: SampleSession, prior: SampleSession | undefined): readonly SamplePair[] {
  if (prior === undefined) return []
  return current.session.photos.flatMap((photo) => {
    const before = prior.session.photos.find(({ view }) => view === photo.view)
    if (before === undefined || [...photo.flaws, ...before.flaws].some((flaw) => LEFT_OUT.has(flaw))) return []
    return [
      {
        current: { session: current.session, photo, file: path.join(current.folder, photo.file) },
        prior: { session: prior.session, photo: before, file: path.join(prior.folder, before.file) },
      },
    ]
  })
}
