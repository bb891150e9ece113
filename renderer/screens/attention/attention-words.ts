import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import type { ErrorCode } from '../../../server/contract/errors.ts'
import type { TextKey } from '../../text/table.ts'
import type { Translate } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import type { Tone } from '../../ui/status-dot.tsx'

/** What an entry is about: each has its own words and its own ways out. */
export type EntryKind = 'lost' | 'corrected' | 'stale' | 'patient' | 'practice' | 'read' | 'brought'

type OfKind = Pick<AttentionEntry, 'status' | 'patientChange' | 'practiceChange' | 'authorName'>

export function kindOf(entry: OfKind): EntryKind {
  return entry.authorName === undefined ? kindOfChange(entry) : 'brought'
}

/** The same, whoever made the change. */
function kindOfChange(entry: OfKind): Exclude<EntryKind, 'brought'> {
  if (entry.practiceChange !== undefined) return 'practice'
  if (entry.patientChange !== null) return 'patient'
  return entry.status === 'rejected' || entry.status === 'parked' ? 'read' : entry.status
}

/** Reasons in the words of the clinic; any other code has its general sentence. */
const REASONS: Partial<Record<ErrorCode, TextKey>> = {
  'auth.denied': 'attention.reason.auth.denied',
  'input.invalid': 'attention.reason.input.invalid',
  'input.too-large': 'attention.reason.input.too-large',
  'not-found': 'attention.reason.not-found',
  'conflict.exists': 'attention.reason.conflict.exists',
  'read.version-unknown': 'attention.reason.read.version-unknown',
  'read.fit-without-aligners': 'attention.reason.read.fit-without-aligners',
  'read.supersede-foreign': 'attention.reason.read.supersede-foreign',
  'read.adjudication-invalid': 'attention.reason.read.adjudication-invalid',
  'read.correction-invalid': 'attention.reason.read.correction-invalid',
  'read.second-read-invalid': 'attention.reason.read.second-read-invalid',
  'session.withdrawn': 'attention.reason.session.withdrawn',
}
const PATIENT_REASONS: Partial<Record<ErrorCode, TextKey>> = {
  'patient.stale': 'attention.reason.patient.stale',
  'auth.denied': 'attention.reason.patient.denied',
  'not-found': 'attention.reason.patient.gone',
  'conflict.exists': 'attention.reason.patient.exists',
  'input.invalid': 'attention.reason.input.invalid',
}

const PRACTICE_REASONS: Partial<Record<ErrorCode, TextKey>> = {
  'rules.stale': 'attention.reason.rules.stale',
  'goal.stale': 'attention.reason.goal.stale',
  'question.answered': 'attention.reason.question.answered',
  'auth.denied': 'attention.reason.practice.denied',
  'not-found': 'attention.reason.practice.gone',
  'session.withdrawn': 'attention.reason.practice.withdrawn',
  'input.invalid': 'attention.reason.input.invalid',
}
/** A colleague was faster: there is something of theirs to keep. */
const OVERTAKEN: ReadonlySet<ErrorCode | null> = new Set<ErrorCode>([
  'patient.stale',
  'rules.stale',
  'goal.stale',
  'question.answered',
])

type EntryWhy = OfKind & Pick<AttentionEntry, 'code' | 'wanted' | 'winner'>

/** The sentence may name `{when}` it was decided and its `{age}`. */
export function reasonKey(entry: EntryWhy): TextKey {
  const { code, wanted, winner } = entry
  const kind = kindOfChange(entry)
  if (kind === 'stale') return 'attention.reason.stale'
  if (kind === 'corrected') return 'attention.reason.corrected'
  if (kind === 'lost' && wanted?.corrects !== undefined) return 'attention.reason.lostCorrection'
  if (kind === 'lost') return winner?.mine === true ? 'attention.reason.lostMine' : 'attention.reason.lost'
  if (code === null) return 'attention.reason.unknown'
  if (kind === 'practice') return PRACTICE_REASONS[code] ?? errorKey(code)
  return (kind === 'patient' ? PATIENT_REASONS : REASONS)[code] ?? errorKey(code)
}

export function adviceKey(entry: AttentionEntry): TextKey {
  const kind = kindOf(entry)
  if (kind === 'brought') return entry.scan === null ? 'attention.brought.adviceNoScan' : 'attention.brought.advice'
  if (kind === 'patient') return entry.mayRetry ? 'attention.advice.patient' : 'attention.advice.patientGone'
  if (kind === 'practice') return practiceAdviceKey(entry)
  if (entry.wanted === null) return 'attention.unreadable'
  if (entry.code === 'session.withdrawn' || entry.formerScan !== undefined) return 'attention.advice.withdrawn'
  if (kind === 'stale') return 'attention.advice.stale'
  if (entry.scan === null) return 'attention.advice.noScan'
  if (entry.code === 'read.second-read-invalid') return 'attention.advice.secondRead'
  if (kind === 'corrected') return 'attention.advice.corrected'
  if (kind === 'lost') return `attention.advice.${entry.wanted.corrects === undefined ? 'lost' : 'lostCorrection'}`
  return entry.mayRetry ? 'attention.advice.retry' : 'attention.advice.noRetry'
}

/** Where there is no form to change it in, it says why. */
function practiceAdviceKey({ code, mayEdit, mayRetry, practiceChange }: AttentionEntry): TextKey {
  if (code === 'question.answered') return 'attention.advice.answered'
  if (practiceChange?.about === 'rules' && mayRetry) return 'attention.advice.rules'
  if (mayEdit) return mayRetry ? 'attention.advice.practice' : 'attention.advice.practiceEdit'
  return 'attention.advice.practiceGone'
}

/** An old instruction about a withdrawn scan would only be refused: it is not offered to send it. */
export function maySend(entry: AttentionEntry): boolean {
  return entry.status === 'stale' && entry.formerScan === undefined
}

/** It is in some record anyway. */
const SEEN = {
  verb: 'attention.seen',
  title: 'attention.seenTitle',
  why: 'attention.seenWhy',
  done: 'attention.wasSeen',
} as const satisfies Record<string, TextKey>

const LET_GO = {
  lost: SEEN,
  corrected: SEEN,
  stale: {
    verb: 'attention.doNotSend',
    title: 'attention.doNotSendTitle',
    why: 'attention.discardWhy',
    done: 'attention.notSent',
  },
  patient: {
    verb: 'attention.keepTheirs',
    title: 'attention.keepTheirsTitle',
    why: 'attention.discardWhy',
    done: 'attention.keptTheirs',
  },
  practice: {
    verb: 'attention.keepTheirs',
    title: 'attention.keepTheirsTitle',
    why: 'attention.discardWhy',
    done: 'attention.keptTheirs',
  },
  /** The server keeps it for its author all the same. */
  brought: SEEN,
  read: {
    verb: 'attention.discard',
    title: 'attention.discardTitle',
    why: 'attention.discardWhy',
    done: 'attention.discarded',
  },
} as const satisfies Record<EntryKind, Record<string, TextKey>>

export type LetGoWords = (typeof LET_GO)[EntryKind]

/** What letting it go is called, on the button, over the form and afterwards. */
export function letGoOf(entry: OfKind & Pick<AttentionEntry, 'code'>): LetGoWords {
  const kind = kindOf(entry)
  // Only where a colleague was faster is there anything of theirs to keep.
  return (kind === 'patient' || kind === 'practice') && !OVERTAKEN.has(entry.code) ? LET_GO.read : LET_GO[kind]
}

/** What goes without a reason: it is in some record anyway. */
export function needsReason(entry: OfKind): boolean {
  const kind = kindOf(entry)
  return LET_GO[kind] !== SEEN
}

/** What editing it is called: deciding on the scan anew, setting other values, sending other words. */
export function editKey({ patientChange, practiceChange }: AttentionEntry): TextKey {
  if (patientChange !== null || practiceChange?.about === 'goal') return 'attention.editChange'
  return practiceChange === undefined ? 'attention.edit' : 'attention.editText'
}

/** What stands now is on the page with the practice's rules, and in no case. */
export function isOfRules({ practiceChange }: Pick<AttentionEntry, 'practiceChange'>): boolean {
  return practiceChange?.about === 'rules'
}

/** Trying again sets the author's own values on what stands now. */
export function setsValues({ patientChange, practiceChange }: AttentionEntry): boolean {
  return patientChange !== null || practiceChange?.about === 'rules' || practiceChange?.about === 'goal'
}

export const STATUS_TONES = {
  rejected: 'off',
  parked: 'minor',
  lost: 'flag',
  corrected: 'flag',
  stale: 'minor',
} as const satisfies Record<AttentionEntry['status'], Tone>

export function nameOf(entry: AttentionEntry, t: Translate): string {
  const { patientChange, practiceChange, scan, formerScan } = entry
  if (practiceChange?.about === 'rules') return t('practice.title')
  if (practiceChange?.about === 'goal') return practiceChange.patientName || t('attention.noPatient')
  if (patientChange !== null)
    return patientChange.patientName === '' ? t('attention.noPatient') : patientChange.patientName
  return (scan ?? formerScan)?.patientName ?? t('attention.noScan')
}
