export const notices = {
  'notice.list': 'Notices',
  'notice.none': 'There is nothing to say: everything works.',
  'notice.dismiss': 'Hide this notice',
  'notice.export': 'Export unsent work',
  'notice.storage': 'Open storage settings',
  'notice.syncNow': 'Try now',
  'notice.read-only.title': 'Folder is read-only',
  'notice.read-only.say':
    'Loupe may not write to its folder on this computer: a new decision may not be saved, and you are told so at once. What you decided before is safe. Ask your IT.',
  'notice.disk-full.title': 'Disk is full',
  'notice.disk-full.say':
    'The disk of this computer is full: nothing new arrives, and a new decision may not be saved; you are told so at once. What you decided before is safe. Free some space.',
  'notice.certificate.title': 'Server not trusted',
  'notice.certificate.say':
    'The server’s certificate is not one that this computer trusts. Nothing was sent. You can go on working: decisions are kept here. Check this computer’s date, or ask your IT.',
  'notice.too-old.title': 'Loupe is too old',
  'notice.too-old.say':
    'This Loupe is too old for your practice’s server. Your decisions are kept and still sent, but nothing new arrives. Update Loupe, or ask your IT.',
  'notice.server-too-old.title': 'Server is too old',
  'notice.server-too-old.say':
    'This Loupe is newer than your practice’s server. Your decisions are kept here and are sent once the server has been updated. Tell your IT.',
  'notice.signed-out.title': 'Sign-in has ended',
  'notice.refused.title': 'The server refuses',
  'notice.not-loupe.title': 'Something else answers',
  'notice.not-loupe.say':
    'Something else answers in the server’s place: a proxy, or the sign-in page of this network. Your decisions are kept here. Sign in to the network, or ask your IT.',
  'notice.low-disk.title': 'Little disk space',
  'notice.low-disk.say':
    'Less than 500 MB are free on this computer: photos are no longer kept; decisions still are. Free some space.',
  'notice.clock.title': 'Clock is wrong',
  'notice.clock.behind':
    'This computer’s clock is {span} behind. Times shown here are off by as much; decisions are saved, and the server puts them in order. Set the clock, or ask your IT.',
  'notice.clock.ahead':
    'This computer’s clock is {span} ahead. Times shown here are off by as much; decisions are saved, and the server puts them in order. Set the clock, or ask your IT.',
  'notice.silent.title': 'Server does not answer',
  'notice.silent.say':
    'The server does not answer. You can go on working: decisions are kept here and sent as soon as it does.',
  'firstCopy.title': 'First copy of the practice',
  'firstCopy.emptyTitle': 'The practice is being copied to this computer',
  'firstCopy.emptyHelp': 'Scans appear here by themselves; begin with the first.',
  'firstCopy.rows': '{done} of {total} entries',
  'firstCopy.rowsOnly': '{count, plural, one {# entry} other {# entries}}',
  'firstCopy.photos': '{count, plural, one {# photo to come} other {# photos to come}}',
  'firstCopy.left': 'about {span} left',
  'firstCopy.leftLittle': 'less than a minute left',
  'firstCopy.usable': 'What is here can be used already.',
  'firstCopy.paused': 'Paused: goes on where it stopped when the server is back.',
  'status.connecting': 'Connecting',
  'status.copying': 'Copying the practice, {part}',
  'status.confirm': '{count, plural, one {# to confirm} other {# to confirm}}',
  'command.notices': 'Show notices',
} as const
