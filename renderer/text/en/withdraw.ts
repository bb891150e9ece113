export const withdraw = {
  'command.review.withdraw': 'Withdraw this scan',
  'withdraw.title': 'Withdraw a scan',
  'withdraw.whose': '{name}, scan of {day}',
  'withdraw.what':
    'For photos that should not be here: another patient’s, or somebody’s who is no patient. The scan goes from every computer of the practice, with its reads, questions and decisions.',
  'withdraw.kept':
    'What the patient was told already stays told. The practice’s server keeps the photos and decisions as a record, with your name, the time and your reason; nobody is shown them any more. It cannot be brought back from here.',
  'withdraw.needsServer': 'This needs the server, and it is not connected right now.',
  'withdraw.reason': 'Why it is withdrawn',
  'withdraw.sure': 'These photos do not belong in the record of {name}',
  'withdraw.submit': 'Withdraw the scan',
  'withdraw.busy': 'Asking the server',
  'withdraw.failed': 'Nothing was withdrawn.',
  'withdraw.done': 'You withdrew this scan',
  'withdraw.doneHelp':
    'It goes from every computer of the practice. Decisions on it that have not left come back under needs attention.',
  'withdraw.next': 'Next scan',
  'withdraw.perhaps': 'The practice has withdrawn it, or it has not arrived yet.',
} as const
