import type { PlannedSession } from '../plan/plan.ts'

const HEADER = 'patient,captured_on,view,file,stage,aligners,mirrored'

/** Rows for the intake; files are named relative to the manifest, which lies in the folder of all patients. */
export function manifestOf(sessions: readonly PlannedSession[]): string {
  const rows = sessions.flatMap((session) =>
    session.photos.map((photo) =>
      [
        session.reference,
        session.capturedOn,
        photo.view,
        `${session.reference}/${session.capturedOn}/${photo.view}.jpg`,
        session.stage ?? '',
        session.aligners,
        photo.mirrored,
      ].join(','),
    ),
  )
  return `${[HEADER, ...rows].join('\n')}\n`
}
