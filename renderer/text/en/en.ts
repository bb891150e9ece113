import { access } from './access.ts'
import { adjudicate } from './adjudicate.ts'
import { attention } from './attention.ts'
import { clinical } from './clinical.ts'
import { commands } from './commands.ts'
import { errors } from './errors.ts'
import { imports } from './imports.ts'
import { notices } from './notices.ts'
import { patient } from './patient.ts'
import { queue } from './queue.ts'
import { review } from './review.ts'
import { shell } from './shell.ts'
import { storage } from './storage.ts'
import { unsent } from './unsent.ts'

export const en = {
  ...access,
  ...adjudicate,
  ...attention,
  ...clinical,
  ...commands,
  ...errors,
  ...imports,
  ...notices,
  ...patient,
  ...queue,
  ...review,
  ...shell,
  ...storage,
  ...unsent,
} as const
