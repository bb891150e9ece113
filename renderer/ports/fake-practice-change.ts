import type { PracticeChange } from '../../preload/contract/attention.ts'
import { listName, type Patient } from '../../server/contract/domain/patients.ts'
import { STANDARD_RULES } from '../../server/contract/domain/practice-rules.ts'
import { FAKE_PEOPLE } from './fake-practice.ts'

/** Made-up changes of rules, goals and questions that a colleague's came before. */
export function fakePracticeChange(about: PracticeChange['about'], patient: Patient): PracticeChange {
  const { revision: _revision, ...rules } = STANDARD_RULES
  const colleague = FAKE_PEOPLE[1]?.displayName ?? ''
  const lane = { id: 'gaps', name: 'Missing photos', conditions: [{ is: 'missing_photos' as const }] }
  const text = 'Class I canines on both sides'
  const goal = { text, dueOn: '2026-12-01', quietUntil: null, state: 'open' as const }
  switch (about) {
    case 'rules':
      return {
        about,
        base: { graceSeconds: 10, lanes: [] },
        set: { graceSeconds: 20, lanes: [lane] },
        current: { ...rules, graceSeconds: 5 },
      }
    case 'goal': {
      const set = { ...goal, dueOn: '2027-02-01', text: `${text}, midlines within 1 mm` }
      const current = { ...goal, dueOn: '2027-01-01' }
      return { about, patientId: patient.id, patientName: listName(patient), base: goal, set, current }
    }
    case 'question':
      return {
        about,
        askedOf: FAKE_PEOPLE[1]?.id ?? null,
        askedOfName: colleague,
        text: 'Would you go on with 23 like this?',
      }
    case 'answer':
      return {
        about,
        question: 'Would you go on with 23 like this?',
        text: 'Yes, with a button on 23.',
        current: { text: 'No, hold this aligner for a week.', byName: colleague },
      }
  }
}
