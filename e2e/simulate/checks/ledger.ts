import { ErrorBody } from '../../../server/contract/api/call.ts'
import {
  BootstrapAnswer,
  type MutationResult,
  PullAnswer,
  PushAnswer,
  PushRequest,
} from '../../../server/contract/sync/wire.ts'
import type { OnAnswer, Sent } from '../network.ts'
import type { Answer } from '../server/sim-server.ts'

/** A rule of sync.md does not hold. */
export class Violation extends Error {
  readonly rule: string
  constructor(rule: string, what: string) {
    super(`${rule}: ${what}`)
    this.rule = rule
  }
}

/** What a person does: whatever else is sent tells of something that has happened. */
export const DECISIONS = [
  'read.record',
  'patient.change',
  'rules.change',
  'goal.save',
  'question.ask',
  'question.answer',
] as const

/** A change that a workstation has accepted from its person. */
export type Decided = {
  readonly mutationId: string
  readonly name: (typeof DECISIONS)[number]
  /** Null for a change of a patient. */
  readonly readId: string | null
  readonly sessionId: string | null
  /** The goal, the question or the practice; null for a read and for a change of a patient. */
  readonly entityId: string | null
  readonly personId: string
  readonly station: string
  takenBack: boolean
}

export type Ledger = ReturnType<typeof openLedger>

/** What was promised to whom, seen from outside: by the persons who decided, and by whoever reads the line. */
export function openLedger() {
  const decided = new Map<string, Decided>()
  const verdicts = new Map<string, MutationResult>()
  const violations: Violation[] = []
  /** Sessions that somebody wanted to withdraw: from then on they may go from any view. */
  const withdrawn = new Set<string>()
  /** Workstations whose file the run itself has damaged. */
  const damaged = new Set<string>()
  /** Ids that left the server, and for which practice. */
  const told: { practiceId: string; ids: Set<string> }[] = []
  const violate = (rule: string, what: string) => void violations.push(new Violation(rule, what))

  const onAnswer: OnAnswer = (sent, answer, arrives) => {
    if (answer.status >= 500 && answer.status !== 503)
      violate('no fault of the server', `${sent.name} got ${answer.text}`)
    if (sent.request.path.startsWith('/api/v1/sync/push')) onPush(sent, answer, arrives)
    if (answer.status !== 200) return
    if (sent.request.path.startsWith('/api/v1/sync/pull')) onPull(sent, answer)
    if (sent.request.path.startsWith('/api/v1/sync/bootstrap'))
      noteTold(sent, BootstrapAnswer.parse(JSON.parse(answer.text)).rows)
  }

  const onPush = (sent: Sent, answer: Answer, arrives: boolean) => {
    const { mutations } = PushRequest.parse(JSON.parse(sent.request.body ?? ''))
    mutations.forEach(({ clientSeq }, index) => {
      const first = mutations[0]?.clientSeq ?? 0
      if (clientSeq !== first + index)
        violate('client sequence gapless', `${sent.name} sends ${clientSeq} as its number ${index + 1} from ${first}`)
    })
    const isOwn = !damaged.has(sent.name.split('/')[0] ?? '')
    if (isOwn && mutations.some(({ name }) => name === 'sync.difference'))
      violate('a store never differs by itself', `${sent.name} tells of a difference`)
    if (answer.status !== 200) return onRefusedPush(sent, answer, arrives)
    for (const result of PushAnswer.parse(JSON.parse(answer.text)).results) {
      const before = verdicts.get(result.id)
      if (before !== undefined && before.status !== result.status)
        violate(
          'refusals and successes are remembered',
          `${result.id} was ${before.status} and is now ${result.status}`,
        )
      verdicts.set(result.id, result)
    }
  }

  const onRefusedPush = (sent: Sent, answer: Answer, arrives: boolean) => {
    const code = ErrorBody.safeParse(JSON.parse(answer.text)).data?.code
    if (code === 'input.invalid')
      violate('a workstation sends what the server can read', `${sent.name} got ${answer.text}`)
    // Nothing in these runs makes the two disagree about the numbers; an old request that comes again is no workstation's.
    if (arrives && (code === 'sync.gap' || code === 'conflict.exists'))
      violate('client sequence gapless', `${sent.name} got ${code}`)
  }

  const noteTold = (sent: Sent, rows: readonly { id: string }[]) => {
    const known = told.find(({ practiceId }) => practiceId === sent.practiceId)
    const ids = known?.ids ?? new Set<string>()
    if (known === undefined) told.push({ practiceId: sent.practiceId, ids })
    for (const { id } of rows) ids.add(id)
  }

  const onPull = (sent: Sent, answer: Answer) => {
    const page = PullAnswer.parse(JSON.parse(answer.text))
    noteTold(sent, page.ops)
    page.ops.forEach((op, index) => {
      if (op.seq !== page.from + index)
        violate('gapless feed', `${sent.name} got row ${op.seq} as number ${index + 1} from ${page.from}`)
    })
    if (page.to !== page.from + page.ops.length - 1)
      violate('gapless feed', `${sent.name} got ${page.ops.length} rows from ${page.from} to ${page.to}`)
  }

  return { decided, verdicts, withdrawn, damaged, told, violations, violate, onAnswer }
}
