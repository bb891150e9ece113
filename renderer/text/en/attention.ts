export const attention = {
  'attention.title': 'Needs attention',
  'attention.about':
    'Your changes that were not carried out as you decided, or that wait for your word. Each stays here until you settle it.',
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
  'attention.status.corrected': 'corrected by a colleague',
  'attention.status.stale': 'over 24 hours old, waits for your word',
  'attention.scanOf': 'Scan of {day}',
  'attention.why': 'What happened',
  'attention.todo': 'What you can do',
  'attention.yours': 'What you decided',
  'attention.yoursLost': 'What yours would have done',
  'attention.stands': 'What stands',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'You, {when}',
  'attention.because': 'Why: {reason}',
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
  'attention.reason.corrected':
    'Whoever settled two reads of this scan put another decision in place of yours, which had left already. Your read and your action are still in the record.',
  'attention.reason.lostMine':
    'An earlier decision of yours for this scan was carried out already. Your read is in the record; this action was kept as what you would have done.',
  'attention.reason.lostCorrection':
    'What this corrects did not stand any more when it reached the server: another action had come first. Your read is in the record; this action was kept as what you would have done.',
  'attention.reason.read.correction-invalid':
    'The action that this was to correct is not yours, and the read settles no two others. Nothing of it is in the record.',
  'attention.advice.lostCorrection':
    'If you still disagree, open the scan and correct what stands now, if it is yours. Otherwise mark this as seen.',
  'attention.advice.retry':
    'Try again if the reason may have gone, or open the scan and decide anew. If it no longer matters, discard it with a reason.',
  'attention.advice.noRetry':
    'Sent again it would be refused again. Open the scan and decide anew, then discard this one with a reason.',
  'attention.advice.noScan':
    'There is no scan here to decide on. It comes back with the next sync if the practice still has it. If it no longer matters, discard this with a reason.',
  'attention.advice.lost':
    'Open the scan if you disagree: your read and theirs stand side by side there. Otherwise mark this as seen.',
  'attention.advice.corrected':
    'Open the scan to see the reads and what stands now. If you disagree, speak with your colleague; otherwise mark this as seen.',
  'attention.discardTitle': 'Discard this change',
  'attention.discardWhy': 'Why',
  'attention.discardHelp': 'Kept on this computer with the change, your name and the time.',
  'attention.seenTitle': 'Mark as seen',
  'attention.seenWhy': 'Remark (optional)',
  'attention.discard': 'Discard',
  'attention.seen': 'Seen',
  'attention.open': 'Open the scan',
  'attention.openRules': 'Open the practice’s rules',
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
  'attention.reason.stale':
    'Decided {when}, {age} ago, and not confirmed by the server. After more than 24 hours an instruction to a patient is sent only when you say so.',
  'attention.reason.session.withdrawn':
    'The practice withdrew this scan before your decision arrived. Nothing of it is in the record, and the photos are no longer on this computer.',
  'attention.reason.patient.stale':
    'A colleague changed the same field first. Nothing of your change is in the record.',
  'attention.reason.patient.denied':
    'When this arrived, your account was not allowed to change patient details. Nothing of it is in the record.',
  'attention.reason.patient.gone':
    'The server did not have this patient when your change arrived. Nothing of it is in the record.',
  'attention.reason.patient.exists':
    'Another patient has this reference already. Nothing of your change is in the record.',
  'attention.advice.stale':
    'Read it as if it were new. If it is still right, send it now. If it is not, do not send it; open the scan and decide anew.',
  'attention.advice.withdrawn':
    'There is nothing to decide on any more. If the patient needs to hear from you, contact them directly; then discard this with a reason.',
  'attention.advice.patient': 'Set your values all the same, change them first, or keep what stands now.',
  'attention.advice.patientGone': 'It cannot be set from here. Keep what stands now, with a reason.',
  'attention.noPatient': 'Patient not on this computer',
  'attention.patientDetails': 'Patient details',
  'attention.since': 'What has happened since, as far as this computer knows',
  'attention.since.won':
    '{name} decided for the patient meanwhile: {action}. That stands; sent now, yours is kept as what you would have done and does not reach the patient.',
  'attention.since.mine':
    'Another decision of yours was carried out meanwhile: {action}. That stands; sent now, this one is kept as what you would have done and does not reach the patient.',
  'attention.since.corrects':
    'What this corrects still stands for the patient: {action}. Sent now, this one takes its place.',
  'attention.since.scan': 'A newer scan of this patient came, of {day}: {state}.',
  'attention.since.nothing': 'No newer scan of this patient, and no other action on this one.',
  'attention.since.offline': 'This computer is not connected: there may be more that it does not know yet.',
  'attention.sendNow': 'Send now',
  'attention.doNotSend': 'Do not send',
  'attention.doNotSendTitle': 'Do not send this',
  'attention.doNotSendHelp': 'Your read of this scan goes with it: the scan waits for a read again.',
  'attention.confirmTitle': 'Send this to {name} now',
  'attention.confirmAge': 'Decided {age} ago.',
  'attention.confirmed': 'Released. It is sent by itself.',
  'attention.notSent': 'Not sent. The reason is kept.',
  'attention.keepTheirs': 'Keep theirs',
  'attention.keepTheirsTitle': 'Keep what stands now',
  'attention.keptTheirs': 'Kept as it stands. The reason is kept.',
  'attention.setMine': 'Set mine',
  'attention.setMineDone': 'Your values are set here and are sent by themselves.',
  'attention.edit': 'Decide anew',
  'attention.editChange': 'Change and set',
  'attention.replaced': 'Your new values are set here and are sent by themselves.',
  'attention.replaces': 'Your decision takes the place of one that was not accepted: {action}, decided {when}.',
  'attention.change.table': 'Fields of this change',
  'attention.change.field': 'Field',
  'attention.change.was': 'It was',
  'attention.change.wanted': 'You wanted',
  'attention.change.now': 'It is now',
  'attention.change.moved': 'changed meanwhile',
  'attention.change.asWanted': 'as you wanted',
  'attention.change.unknown': 'not known here',
  'attention.change.edit': 'The fields open with what you wanted. What differs from what stands now is set.',
  'attention.change.save': 'Set these',
  'attention.waiting':
    '{count, plural, one {# instruction to a patient has waited for over 24 hours. Look at it before it is sent.} other {# instructions to patients have waited for over 24 hours. Look at them before they are sent.}}',
  'attention.lookAtThem': '{count, plural, one {Look at it} other {Look at them}}',
  'command.attention.edit': 'Decide or change anew',
  'command.attention.confirm': 'Send an old instruction',
} as const
