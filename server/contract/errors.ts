type ErrorSpec = {
  /** HTTP status the server answers with; IPC ignores it. */
  readonly status: number
  /** What the sync engine does with the mutation that met this error. */
  readonly onSync: 'retry' | 'park' | 'refetch' | 'sign-in' | 'bootstrap'
  /** Sentence shown to staff: what happened, what to do. Never contains patient data. */
  readonly say: string
}

/** Every error that crosses a process or network boundary. Nobody ever parses a message: the code decides. */
export const ERRORS = {
  'auth.required': {
    status: 401,
    onSync: 'sign-in',
    say: 'Your sign-in has ended. Sign in again; nothing you decided is lost.',
  },
  'auth.denied': { status: 403, onSync: 'park', say: 'You do not have access to this record.' },
  'auth.no-practice': {
    status: 403,
    onSync: 'sign-in',
    say: 'This account belongs to no practice here. Ask your practice administrator.',
  },
  'input.invalid': { status: 400, onSync: 'park', say: 'This entry could not be read.' },
  'input.too-large': { status: 413, onSync: 'park', say: 'This is larger than the server accepts.' },
  'rate.limited': { status: 429, onSync: 'retry', say: 'Too many requests. We will try again shortly.' },
  'not-found': { status: 404, onSync: 'park', say: 'There is nothing at this address.' },
  'conflict.exists': {
    status: 409,
    onSync: 'park',
    say: 'Something with this name or number exists already, with other contents.',
  },
  'patient.stale': { status: 409, onSync: 'park', say: 'A colleague changed this patient first.' },
  'read.fit-without-aligners': {
    status: 422,
    onSync: 'park',
    say: 'Aligner fit can be judged only with the aligners in.',
  },
  'read.version-unknown': {
    status: 409,
    onSync: 'park',
    say: 'This read names a version of the scan that does not exist.',
  },
  'read.supersede-foreign': {
    status: 422,
    onSync: 'park',
    say: 'A read can be replaced only by the person who made it.',
  },
  'read.adjudication-invalid': {
    status: 422,
    onSync: 'park',
    say: 'An adjudication names two reads of this scan by two people.',
  },
  'read.correction-invalid': {
    status: 422,
    onSync: 'park',
    say: 'An action is corrected by another one for the patient, by its author or by whoever settles two reads.',
  },
  'read.already-sent': {
    status: 409,
    onSync: 'park',
    say: 'This decision has been sent. Record a correction instead.',
  },
  'read.second-read-invalid': {
    status: 422,
    onSync: 'park',
    say: 'This second read was not asked for, or is there already, or names an action for the patient.',
  },
  'rules.stale': { status: 409, onSync: 'park', say: 'A colleague changed the practice’s rules first.' },
  'goal.stale': { status: 409, onSync: 'park', say: 'A colleague changed this goal first.' },
  'question.answered': { status: 409, onSync: 'park', say: 'A colleague answered this question first.' },
  'photo.refused': { status: 422, onSync: 'park', say: 'A photo could not be used.' },
  'photo.not-here': { status: 404, onSync: 'retry', say: 'This photo is not on this computer yet.' },
  'upload.signature': {
    status: 403,
    onSync: 'park',
    say: 'This upload address is not valid, or no longer valid. Ask for a new one.',
  },
  'upload.length': { status: 400, onSync: 'park', say: 'The upload has another length or content than was announced.' },
  'upload.exists': { status: 412, onSync: 'park', say: 'This photo is here already.' },
  'sync.gap': { status: 409, onSync: 'retry', say: 'Some earlier changes did not arrive. They are being sent again.' },
  'sync.epoch': {
    status: 410,
    onSync: 'bootstrap',
    say: 'This computer starts again with a fresh copy. Unsent work is kept.',
  },
  'sync.client-foreign': { status: 403, onSync: 'park', say: 'This computer is registered to someone else.' },
  'sync.too-old': {
    status: 426,
    onSync: 'retry',
    say: 'This version of Loupe is too old for the server. Please update.',
  },
  'sync.server-too-old': {
    status: 426,
    onSync: 'retry',
    say: 'This version of Loupe is newer than the practice’s server. Your work is kept and is sent once the server has been updated.',
  },
  'session.withdrawn': { status: 410, onSync: 'park', say: 'The practice has withdrawn this scan.' },
  'outbox.unreadable': {
    status: 422,
    onSync: 'park',
    say: 'This file is no export of unsent work, or the passphrase is another one.',
  },
  'outbox.other-practice': { status: 403, onSync: 'park', say: 'This unsent work belongs to another practice.' },
  'store.locked': { status: 423, onSync: 'retry', say: 'This computer is locked. Enter the passphrase to go on.' },
  'store.passphrase': { status: 403, onSync: 'retry', say: 'That passphrase does not open this computer’s store.' },
  'store.full': {
    status: 507,
    onSync: 'retry',
    say: 'The disk is nearly full. Free some space; what was decided before is safe.',
  },
  'store.read-only': {
    status: 507,
    onSync: 'retry',
    say: 'Loupe may not write to its folder on this computer. Ask your IT.',
  },
  'server.silent': { status: 504, onSync: 'retry', say: 'The server does not answer. You can go on working.' },
  'server.certificate': {
    status: 503,
    onSync: 'retry',
    say: 'The server’s certificate is not one that this computer trusts. Nothing was sent. Check this computer’s date, or ask your IT.',
  },
  'server.not-loupe': {
    status: 502,
    onSync: 'retry',
    say: 'Something else answered in the server’s place: a proxy, or the sign-in page of the network. Ask your IT.',
  },
  'server.busy': { status: 503, onSync: 'retry', say: 'The server is busy. We will try again.' },
  'server.unreachable': { status: 503, onSync: 'retry', say: 'The server cannot be reached. You can go on working.' },
  internal: { status: 500, onSync: 'retry', say: 'Something went wrong on our side.' },
} as const satisfies Record<string, ErrorSpec>

export type ErrorCode = keyof typeof ERRORS
export type ErrorDetail = Readonly<Record<string, string | number | boolean>>

export const ERROR_CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]

/** The one error type that crosses a process or network boundary. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** Ids and counts only: this is logged and sent over the wire. */
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.detail = detail
  }

  static from(cause: unknown): AppError {
    return cause instanceof AppError ? cause : new AppError('internal', {}, { cause })
  }
}
