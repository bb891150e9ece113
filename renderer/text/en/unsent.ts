export const unsent = {
  'unsent.title': 'Unsent work',
  'unsent.about': 'Your changes that the server does not have yet, and a way out if this computer cannot send them.',
  'unsent.waiting':
    '{count, plural, one {# change of yours waits to be sent} other {# changes of yours wait to be sent}}',
  'unsent.waitingHelp': 'They are sent by themselves as soon as the server lets this computer in.',
  'unsent.nothing': 'Nothing waits',
  'unsent.nothingHelp': 'Everything that you decided on this computer is on the server.',
  'unsent.export': 'Export unsent work…',
  'unsent.exportTitle': 'Export unsent work',
  'unsent.exportWhat':
    'You get one file with your unsent changes, encrypted with a passphrase. Give it to a practice administrator, who imports it in Loupe on a computer that reaches the server. Tell the passphrase another way: in person or by phone, not beside the file.',
  'unsent.exportSafe':
    'Nothing is removed here. If this computer can send again, it does; each change arrives once, whichever comes first. What is in the file can no longer be taken back here; a correction can be recorded.',
  'unsent.passphrase': 'Passphrase of the file',
  'unsent.again': 'The same again',
  'unsent.tooShort': 'At least 12 characters. Four unrelated words are easy to remember.',
  'unsent.exportSubmit': 'Save the file',
  'unsent.exporting': 'Encrypting',
  'unsent.exported':
    '{count, plural, one {# change is} other {# changes are}} in the file {name}. Nothing was removed here.',
  'unsent.reportsLeft':
    '{count, plural, one {# report of photos that were on screen had} other {# reports of photos that were on screen had}} no room in it and {count, plural, one {waits} other {wait}} here.',
  'unsent.othersTitle': 'Colleagues’ unsent work on this computer',
  'unsent.othersWhat':
    'For somebody who cannot sign in here any more, or whose role has changed. It stays theirs: imported, it is carried out in their name and with the role that they have then.',
  'unsent.othersCount': '{count, plural, one {# change} other {# changes}}',
  'unsent.exportOf': 'Export…',
  'unsent.exportTitleOf': 'Export the unsent work of {name}',
  'unsent.exportWhatOf':
    'You get one file with the unsent changes of {name}, encrypted with a passphrase. A practice administrator imports it in Loupe on a computer that reaches the server.',
  'unsent.somebody': 'Somebody unknown here',
  'unsent.importTitle': 'Import a colleague’s unsent work',
  'unsent.import': 'Import a colleague’s unsent work…',
  'unsent.importOpen': 'Open a file…',
  'unsent.importWhat':
    'For a file that a colleague exported in Loupe because their computer could not send. You see what is in it before anything is sent. The changes stay theirs, in their name.',
  'unsent.file': 'File',
  'unsent.chooseFile': 'Choose the file',
  'unsent.noFile': 'No file chosen',
  'unsent.read': 'Open the file',
  'unsent.reading': 'Opening',
  'unsent.tooLarge': 'Larger than 64 MB: this is no export of unsent work.',
  'unsent.summary': 'In this file',
  'unsent.author': 'Made by',
  'unsent.practice': 'Practice',
  'unsent.exportedAt': 'Exported',
  'unsent.count': 'Changes',
  'unsent.stale': 'Instructions to patients older than 24 hours',
  'unsent.staleWhy':
    'What was right then may be wrong now. Ask {author} about each of them. Without your tick they stay out, and everything else is sent.',
  'unsent.confirmStale':
    '{count, plural, one {This old instruction is} other {These # old instructions are}} checked with {author}',
  'unsent.importSubmit': '{count, plural, one {Send # change} other {Send # changes}}',
  'unsent.importing': 'Sending to the server',
  'unsent.result': 'Done',
  'unsent.applied': 'Carried out',
  'unsent.appliedWhy': 'On the server, in the name of {author}. What was there already counts too.',
  'unsent.refused': 'Refused',
  'unsent.refusedWhy':
    'Kept on the server for {author}. Each stands under needs attention here, with its reason and what {author} wanted.',
  'unsent.seeRefused': 'See them',
  'unsent.leftOut': 'Left out',
  'unsent.leftOutWhy': 'Old instructions without your tick. They are still in the file and on {author}’s computer.',
  'unsent.another': 'Another file',
  'unsent.notSent': 'Nothing was sent: {why}',
  'unsent.importBroken': 'It broke off: {why} Send it again; what arrived is not doubled.',
  'command.goUnsent': 'Go to unsent work',
} as const
