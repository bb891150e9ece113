import { ERRORS, type ErrorCode } from '../contract/errors.ts'
import { EXIT, type ExitCode } from './exit-codes.ts'
import type { IntakeResult } from './run-intake.ts'
import type { SessionOutcome } from './send-session.ts'
import { REFUSAL_SENTENCES } from './sentences.ts'

export function exitCodeOf(result: IntakeResult): ExitCode {
  if (result.kind !== 'sent') return EXIT.nothingSent
  if (result.code !== null) return EXIT.serverFailed
  const good = result.outcomes.every((outcome) => outcome.state === 'published' && outcome.refused.length === 0)
  return good ? EXIT.allGood : EXIT.somePhotosRefused
}

/** What happened to one session, one line each; empty when all is well and nothing need be said. */
export function sessionLines(outcome: SessionOutcome): string[] {
  const name = `${outcome.session.patient}, ${outcome.session.capturedOn}`
  if (outcome.code !== null) return [`${name}: not published. ${sayFailure(outcome.code)}`]
  const refused = outcome.refused.map(
    ({ row, view, file, refusal }) => `  row ${row}, ${view}, ${file}: ${REFUSAL_SENTENCES[refusal]}`,
  )
  return [`${name}: published${refused.length === 0 ? '' : `, ${refused.length} refused`}`, ...refused]
}

function sayFailure(code: ErrorCode): string {
  if (code === 'conflict.exists')
    return 'This session was sent before with other photos or details. Ask the practice to correct it there.'
  if (code === 'server.busy') return 'The server is still working on it. Run the same command again later.'
  return ERRORS[code].say
}

/** Further problems of a manifest mostly repeat these. */
const SHOWN = 100

export function resultLines(result: IntakeResult): string[] {
  if (result.kind === 'manifest') {
    const count = result.problems.length
    return [
      ...result.problems.slice(0, SHOWN).map(({ row, say }) => `row ${row}: ${say}`),
      ...(count > SHOWN ? [`and ${count - SHOWN} more (--json lists all).`] : []),
      `${count} ${count === 1 ? 'problem' : 'problems'} in the manifest. Nothing was sent.`,
    ]
  }
  if (result.kind === 'practice')
    return [`The intake key belongs to “${result.keyOf}”, not to “${result.named}”. Nothing was sent.`]
  const { sent, already, refused, published } = totals(result)
  const line = `${published} of ${result.plannedCount} sessions published; photos: ${sent} sent, ${already} there already, ${refused} refused.`
  return result.code === null ? [line] : [line, `${ERRORS[result.code].say} Run the same command again to go on.`]
}

/** One line for programs: codes and rows, no names. */
export function resultJson(result: IntakeResult): string {
  const exitCode = exitCodeOf(result)
  if (result.kind === 'manifest') return JSON.stringify({ event: 'manifest', exitCode, problems: result.problems })
  if (result.kind === 'practice') return JSON.stringify({ event: 'practice', exitCode, keyOf: result.keyOf })
  const { refused: _, ...counts } = totals(result)
  return JSON.stringify({
    event: 'done',
    exitCode,
    code: result.code,
    sessions: result.plannedCount,
    ...counts,
    refused: result.outcomes.flatMap(({ refused }) =>
      refused.map(({ row, view, refusal }) => ({ row, view, refusal })),
    ),
    failed: result.outcomes.flatMap(({ session, code }) => (code === null ? [] : [{ sessionId: session.id, code }])),
  })
}

function totals({ outcomes }: Extract<IntakeResult, { kind: 'sent' }>) {
  const sum = (of: (outcome: SessionOutcome) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0)
  return {
    published: sum(({ state }) => (state === 'published' ? 1 : 0)),
    sent: sum(({ sentCount }) => sentCount),
    already: sum(({ alreadyCount }) => alreadyCount),
    refused: sum(({ refused }) => refused.length),
  }
}
