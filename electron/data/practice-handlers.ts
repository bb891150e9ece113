import type { Handlers } from '../../preload/contract/ipc.ts'
import type { Clock } from '../platform/clock.ts'
import { getAgreement } from '../store/agreement/agreement-report.ts'
import { listGoals } from '../store/practice/goals.ts'
import { getRules } from '../store/practice/rules.ts'
import { answerLocally, askLocally, changeRulesLocally, saveGoalLocally } from '../sync/change-practice.ts'
import { actFor } from './attention-handlers.ts'
import { openFor } from './open-for.ts'
import type { Workstation } from './workstation.ts'

/** What belongs to the practice as a whole: rules, goals, questions between colleagues, agreement. */
export function practiceHandlers(workstation: Workstation, clock: Clock) {
  const act = actFor(workstation, clock)
  return {
    'rules.get': async () => {
      const { db, account } = openFor(workstation)
      return getRules(db, account.practice.id)
    },
    'rules.change': async (change) => {
      const practiceId = openFor(workstation).account.practice.id
      return act((tx, by) => changeRulesLocally(tx, change, { ...by, practiceId })).rules
    },
    'goals.ofPatient': async ({ patientId }) => listGoals(openFor(workstation).db, patientId),
    'goals.save': async (goal) => act((tx, by) => saveGoalLocally(tx, goal, by)).goal,
    'questions.ask': async (question) => act((tx, by) => askLocally(tx, question, by)).question,
    'questions.answer': async (answer) => act((tx, by) => answerLocally(tx, answer, by)).question,
    'agreement.report': async ({ from, to }) => getAgreement(openFor(workstation).db, { from, to }),
  } satisfies Partial<Handlers>
}
