import { access } from './access.ts'
import { adjudicate } from './adjudicate.ts'
import { agreement } from './agreement.ts'
import { attention } from './attention.ts'
import { attentionPractice } from './attention-practice.ts'
import { clinical } from './clinical.ts'
import { commands } from './commands.ts'
import { compare } from './compare.ts'
import { decide } from './decide.ts'
import { errors } from './errors.ts'
import { imports } from './imports.ts'
import { keys } from './keys.ts'
import { notices } from './notices.ts'
import { patient } from './patient.ts'
import { practice } from './practice.ts'
import { queue } from './queue.ts'
import { review } from './review.ts'
import { shell } from './shell.ts'
import { storage } from './storage.ts'
import { unsent } from './unsent.ts'
import { withdraw } from './withdraw.ts'

export const de = {
  ...access,
  ...adjudicate,
  ...agreement,
  ...attention,
  ...attentionPractice,
  ...clinical,
  ...commands,
  ...compare,
  ...decide,
  ...errors,
  ...imports,
  ...keys,
  ...notices,
  ...patient,
  ...practice,
  ...queue,
  ...review,
  ...shell,
  ...storage,
  ...unsent,
  ...withdraw,
} as const
