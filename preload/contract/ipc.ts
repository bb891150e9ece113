import { z } from 'zod'
import { Goal, SaveGoal } from '../../server/contract/domain/goals.ts'
import { MutationId, PatientId, PhotoHash, ReadId, SessionId } from '../../server/contract/domain/ids.ts'
import { Patient } from '../../server/contract/domain/patients.ts'
import { Person } from '../../server/contract/domain/people.ts'
import type { PhotoSize } from '../../server/contract/domain/photos.ts'
import { ChangeRules, PracticeLane, PracticeRules } from '../../server/contract/domain/practice-rules.ts'
import { AnswerQuestion, AskQuestion, Question } from '../../server/contract/domain/questions.ts'
import { Action, Read, RecordRead } from '../../server/contract/domain/reads.ts'
import { CalendarDay, EpochMs } from '../../server/contract/domain/time.ts'
import { type ErrorCode, type ErrorDetail } from '../../server/contract/errors.ts'
import { ChangePatient, DisplayedEvent } from '../../server/contract/sync/mutations.ts'
import { AgreementReport } from './agreement.ts'
import { Alignment, KnownPair, PairNudge, PhotoPair } from './alignment.ts'
import { AppState, SyncStatus } from './app-state.ts'
import {
  AttentionEntry,
  DiscardAttention,
  ReplacePatientChange,
  ReplacePracticeChange,
  ReplaceRead,
} from './attention.ts'
import { Draft } from './draft.ts'
import { ImportProgress, StagedPhoto, StagePhoto, StartImport } from './import.ts'
import {
  ExportedOutbox,
  ExportOutbox,
  ImportedOutbox,
  ImportOutbox,
  OutboxFile,
  OutboxSummary,
  UnsentWork,
} from './outbox-file.ts'
import { PhotoCheck } from './photo-check.ts'
import { LaneCounts, QueuePage, QueueQuery } from './queue.ts'
import { ReviewCase, TakeBack } from './review.ts'
import { Setting, SettingValues } from './settings.ts'
import { PhotoBudgetGib, StorageUsage } from './storage.ts'

const nothing = z.null()
const Passphrase = z.strictObject({ passphrase: z.string().min(10).max(1000) })

/** Every question the renderer may ask. No row, no channel: preload exposes this table and nothing else. */
export const IPC_CALLS = {
  'app.state': { input: nothing, output: AppState },
  'app.choosePassphrase': { input: Passphrase, output: AppState },
  'app.unlock': { input: z.strictObject({ passphrase: z.string().max(1000).nullable() }), output: AppState },
  'app.lock': { input: nothing, output: AppState },
  /** `opened` is false where the host cannot open a browser itself (preview): the window then opens `url`. */
  'session.signIn': { input: nothing, output: z.strictObject({ url: z.url(), opened: z.boolean() }) },
  'session.signOut': { input: nothing, output: AppState },
  'sync.status': { input: nothing, output: SyncStatus },
  'sync.now': { input: nothing, output: nothing },
  'queue.page': {
    input: QueueQuery.extend({ offset: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: QueuePage,
  },
  'queue.counts': {
    input: z.strictObject({ search: z.string().max(200) }),
    output: LaneCounts,
  },
  /** How many scans a lane would hold now that the rules do not have (yet). */
  'queue.wouldHold': {
    input: PracticeLane.pick({ conditions: true }),
    output: z.strictObject({ count: z.int().nonnegative() }),
  },
  /** The order of a review batch, taken once when it starts: at most 2,000 session ids from `from` on. */
  'queue.batch': { input: QueueQuery.extend({ from: SessionId.nullable() }), output: z.array(SessionId).max(2000) },
  'review.open': { input: z.strictObject({ sessionId: SessionId }), output: ReviewCase },
  /** Durable in store and outbox before it answers. */
  'review.decide': { input: RecordRead, output: z.strictObject({ read: Read, action: Action }) },
  'review.lastDecision': { input: nothing, output: TakeBack.nullable() },
  /** Refused with `read.already-sent` once the decision left for the server. */
  'review.takeBack': { input: z.strictObject({ readId: ReadId }), output: z.strictObject({ sessionId: SessionId }) },
  /** What was entered and is not decided, so that a restart loses none of it; null forgets it. */
  'review.keepDraft': {
    input: z.strictObject({ sessionId: SessionId, draft: Draft.nullable() }),
    output: nothing,
  },
  /** At once and on the server: nothing of it can be done offline. Clinicians and administrators only. */
  'review.withdraw': {
    input: z.strictObject({ sessionId: SessionId, reason: z.string().trim().min(1).max(500) }),
    output: nothing,
  },
  'review.displayed': {
    input: z.strictObject({ displayed: z.array(DisplayedEvent).min(1).max(100) }),
    output: nothing,
  },
  /** The case on screen, null for none: others see who has it open, and decisions of two cases ago leave. */
  'review.onScreen': { input: z.strictObject({ sessionId: SessionId.nullable() }), output: nothing },
  /** Who of the practice has which case open, this person left out. Advisory. */
  'review.presence': {
    input: nothing,
    output: z.array(z.strictObject({ sessionId: SessionId, name: z.string(), sinceMs: EpochMs })),
  },
  /** What the store knows of these pairs, in their order. */
  'align.find': { input: z.array(PhotoPair).min(1).max(50), output: z.array(KnownPair) },
  'align.save': { input: Alignment, output: nothing },
  /** What a hand moved; zero forgets it. */
  'align.nudge': { input: PairNudge, output: nothing },
  /** Of the present recipe only; a photo that was not checked yet is left out. */
  'checks.find': { input: z.array(PhotoHash).min(1).max(50), output: z.array(PhotoCheck) },
  'checks.save': { input: PhotoCheck, output: nothing },
  'people.list': { input: nothing, output: z.array(Person) },
  'rules.get': { input: nothing, output: PracticeRules },
  /** Durable in store and outbox before it answers; administrators only (`auth.denied`). */
  'rules.change': { input: ChangeRules, output: PracticeRules },
  'goals.ofPatient': { input: z.strictObject({ patientId: PatientId }), output: z.array(Goal) },
  'goals.save': { input: SaveGoal, output: Goal },
  'questions.ask': { input: AskQuestion, output: Question },
  'questions.answer': { input: AnswerQuestion, output: Question },
  /** From blind second reads in this store, by the day of the second read. */
  'agreement.report': { input: z.strictObject({ from: CalendarDay, to: CalendarDay }), output: AgreementReport },
  /** A second window with the compare view of the case on screen, on the display where it was last. */
  'compare.popOut': { input: nothing, output: z.strictObject({ url: z.url().nullable() }) },
  'attention.list': { input: nothing, output: z.array(AttentionEntry).max(500) },
  /** Queues it anew, with new ids; the entry goes in the same transaction. Refused where that cannot help. */
  'attention.retry': {
    input: z.strictObject({ mutationId: MutationId }),
    /** Null for a change of a patient's fields. */
    output: z.strictObject({ sessionId: SessionId.nullable() }),
  },
  /** The entry goes from the list; it is kept with the reason. */
  'attention.discard': { input: DiscardAttention, output: nothing },
  /** Sends an instruction that waited for over 24 hours after all. */
  'attention.confirm': { input: z.strictObject({ mutationId: MutationId }), output: nothing },
  'attention.replaceRead': { input: ReplaceRead, output: z.strictObject({ read: Read, action: Action }) },
  'attention.replacePatientChange': { input: ReplacePatientChange, output: Patient },
  'attention.replacePracticeChange': { input: ReplacePracticeChange, output: nothing },
  'patients.get': { input: z.strictObject({ id: PatientId }), output: Patient },
  /** Durable in store and outbox before it answers. */
  'patients.change': { input: ChangePatient, output: Patient },
  'storage.usage': { input: nothing, output: StorageUsage },
  'storage.setBudget': { input: z.strictObject({ gib: PhotoBudgetGib }), output: StorageUsage },
  /** Compares with the server's figures now, and repairs what differs. */
  'storage.check': { input: nothing, output: StorageUsage },
  /** The signed-in person's own first, there also with none; colleagues' for administrators alone. */
  'outbox.unsent': { input: nothing, output: z.array(UnsentWork).min(1) },
  /** Unsent changes of one person, encrypted. Nothing is removed here. `not-found` when there are none. */
  'outbox.export': { input: ExportOutbox, output: ExportedOutbox },
  'outbox.readExport': { input: OutboxFile, output: OutboxSummary },
  'outbox.import': { input: ImportOutbox, output: ImportedOutbox },
  'patients.search': { input: z.strictObject({ text: z.string().max(200) }), output: z.array(Patient).max(50) },
  'import.stage': { input: StagePhoto, output: StagedPhoto },
  'import.start': { input: StartImport, output: ImportProgress },
  'import.list': { input: nothing, output: z.array(ImportProgress) },
  'settings.all': { input: nothing, output: SettingValues },
  'settings.set': { input: Setting, output: SettingValues },
} as const

/** Every fact that main may announce, unasked. */
export const IPC_EVENTS = {
  'app.state': AppState,
  'sync.status': SyncStatus,
  /** Rows of the local store changed; screens ask again for what they show. */
  'store.changed': z.strictObject({
    patients: z.boolean(),
    sessions: z.boolean(),
    reads: z.boolean(),
    /** Rules, people, goals, questions or second reads. */
    practice: z.boolean(),
  }),
  /** `review.presence` would answer otherwise than before. */
  'presence.changed': z.strictObject({}),
  /** A photo that a screen may be waiting for has arrived in the local cache. */
  'photo.arrived': z.strictObject({ hash: z.string() }),
  'import.progress': ImportProgress,
} as const

type Calls = typeof IPC_CALLS
export type CallName = keyof Calls
export type CallInput<N extends CallName> = z.output<Calls[N]['input']>
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>
export type Handlers = { readonly [N in CallName]: (input: CallInput<N>) => Promise<CallOutput<N>> }
export type EventName = keyof typeof IPC_EVENTS
export type EventBody<E extends EventName> = z.output<(typeof IPC_EVENTS)[E]>

export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: ErrorDetail }

/** `window.loupe`: all that the renderer can reach of the outside. */
export type Bridge = {
  readonly host: 'electron' | 'preview'
  call(name: CallName, input: unknown): Promise<Reply>
  /** @returns a function that ends the subscription */
  on(event: EventName, listener: (body: unknown) => void): () => void
  /** Address of a photo's bytes through the app's own protocol; usable in `fetch` and `<img>`. 404 while it is not cached. */
  photoUrl(hash: string, size: z.output<typeof PhotoSize>): string
}
