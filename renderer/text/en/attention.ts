export const attention = {
  'attention.title': 'Needs attention',
  'attention.about':
    'Your changes that the server did not carry out as you decided. Each stays here until you settle it.',
  'attention.list': 'Changes',
  'attention.count': '{count, plural, one {# change} other {# changes}}',
  'attention.empty': 'Nothing needs your attention',
  'attention.emptyHelp':
    'If the server refuses a change of yours, or a colleague’s decision comes first, you find it here with the reason.',
  'attention.failed': 'This list could not be read from this computer’s store.',
  'attention.failedSafe': 'Nothing is lost.',
  'attention.position': '{index} of {total}: {name}',
  'attention.noScan': 'Scan not on this computer',
  'attention.status.rejected': 'not accepted',
  'attention.status.parked': 'set aside by the server',
  'attention.status.lost': 'another decision came first',
  'attention.status.stale': 'waited for over 24 hours, not sent',
  'attention.scanOf': 'Scan of {day}',
  'attention.why': 'What happened',
  'attention.todo': 'What you can do',
  'attention.yours': 'What you decided',
  'attention.yoursLost': 'What yours would have done',
  'attention.stands': 'What stands',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'You, {when}',
  'attention.someone': 'A colleague',
  'attention.notRecorded': 'not confirmed yet',
  'attention.nothingStands': 'No decision for the patient stands on this scan.',
  'attention.unreadable': 'This change was made by another version of Loupe, which can still show it.',
  'attention.decidedAt': 'Decided {when}',
  'attention.answeredAt': 'Answered {when}',
  'attention.noScores': 'no scores',
  'attention.note': 'Note',
  'attention.do.approve_progression': 'Approve, go on to aligner {stage}',
  'attention.do.hold_aligner':
    '{count, plural, one {Hold this aligner for # day} other {Hold this aligner for # days}}',
  'attention.do.request_retake': 'Ask for new photos: {views}',
  'attention.do.message_patient': 'Message to the patient: “{text}”',
  'attention.do.schedule_appointment':
    '{count, plural, one {Appointment within # day} other {Appointment within # days}}',
  'attention.do.refer': 'Refer: {reason}',
  'attention.do.none': 'Nothing for the patient to do',
  'attention.reason.auth.denied':
    'When this arrived, your account was not allowed to decide on this scan. Nothing of it is in the record.',
  'attention.reason.input.invalid':
    'The server could not read this decision. This happens when this computer and the server run different versions of Loupe. Nothing of it is in the record.',
  'attention.reason.input.too-large':
    'This decision is longer than the server accepts. Nothing of it is in the record.',
  'attention.reason.not-found':
    'The server did not have this scan when your decision arrived: it was withdrawn, or it had not been published. Nothing of it is in the record.',
  'attention.reason.conflict.exists':
    'The server holds another read under the same number. Nothing of this one is in the record.',
  'attention.reason.read.version-unknown':
    'Your read names a version of this scan that the server does not have. Nothing of it is in the record.',
  'attention.reason.read.fit-without-aligners':
    'The read judges the aligner fit, and says that the aligners were out. Nothing of it is in the record.',
  'attention.reason.read.supersede-foreign':
    'The read was to replace an earlier one, which is not yours or never reached the server. Nothing of it is in the record.',
  'attention.reason.read.adjudication-invalid':
    'The read was to settle two others, which no longer stand as two reads by two people. Nothing of it is in the record.',
  'attention.reason.unknown':
    'The server refused this for a reason that this version of Loupe does not know. Nothing of it is in the record.',
  'attention.reason.lost':
    'A colleague’s decision for this patient reached the server first, so theirs was carried out. Your read is in the record; your action was kept as what you would have done.',
  'attention.reason.lostMine':
    'An earlier decision of yours for this scan was carried out already. Your read is in the record; this action was kept as what you would have done.',
  'attention.advice.retry':
    'Try again if the reason may have gone, or open the scan and decide anew. If it no longer matters, discard it with a reason.',
  'attention.advice.noRetry':
    'Sent again it would be refused again. Open the scan and decide anew, then discard this one with a reason.',
  'attention.advice.noScan':
    'There is no scan here to decide on. It comes back with the next sync if the practice still has it. If it no longer matters, discard this with a reason.',
  'attention.advice.lost':
    'Open the scan if you disagree: your read and theirs stand side by side there. Otherwise mark this as seen.',
  'attention.discardTitle': 'Discard this change',
  'attention.discardWhy': 'Why',
  'attention.discardHelp': 'Kept on this computer with the change, your name and the time.',
  'attention.seenTitle': 'Mark as seen',
  'attention.seenWhy': 'Remark (optional)',
  'attention.discard': 'Discard',
  'attention.seen': 'Seen',
  'attention.open': 'Open the scan',
  'attention.retry': 'Try again',
  'attention.retried': 'Queued again. It is sent by itself.',
  'attention.discarded': 'Discarded. The reason is kept on this computer.',
  'attention.wasSeen': 'Marked as seen.',
  'attention.notDone': 'That did not work: {why} The change is still here.',
  'command.goAttention': 'Go to needs attention',
  'command.attention.next': 'Next change',
  'command.attention.previous': 'Previous change',
  'command.attention.first': 'First change',
  'command.attention.last': 'Last change',
  'command.attention.open': 'Open the scan',
  'command.attention.retry': 'Try again',
  'command.attention.discard': 'Discard, or mark as seen',
  'command.attention.send': 'Confirm',
  'command.attention.close': 'Leave the form',
  'nav.attention': 'Attention',
  'help.attention': 'Needs attention',
} as const
