import type { Handlers } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'

const notYet = (): Promise<never> => Promise.reject(new AppError('internal', { reason: 'not-yet' }))

/** Calls whose handlers are still missing. Whoever makes one takes its line away. */
export function notYetHandlers() {
  return {
    'review.onScreen': notYet,
    'review.presence': notYet,
    'align.find': notYet,
    'align.save': notYet,
    'align.nudge': notYet,
    'checks.find': notYet,
    'checks.save': notYet,
    'people.list': notYet,
    'rules.get': notYet,
    'rules.change': notYet,
    'goals.ofPatient': notYet,
    'goals.save': notYet,
    'questions.ask': notYet,
    'questions.answer': notYet,
    'agreement.report': notYet,
    'compare.popOut': notYet,
  } satisfies Partial<Handlers>
}
