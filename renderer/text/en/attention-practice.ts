export const attentionPractice = {
  'attention.about.rules': 'The practice’s rules',
  'attention.about.goal': 'Goal',
  'attention.about.question': 'Question to a colleague',
  'attention.about.answer': 'Answer to a question',
  'attention.anyClinician': 'To any clinician',
  'attention.question': 'Question',
  'attention.questionGone': 'The question is no longer here.',
  'attention.yourAnswer': 'Your answer',
  'attention.change.none': 'none',
  'attention.reason.rules.stale': 'A colleague changed the same rule first. Nothing of your change is in force.',
  'attention.reason.goal.stale': 'A colleague changed the same goal first. Nothing of your change is in the record.',
  'attention.reason.question.answered':
    'A colleague answered this question first. Their answer stands; yours is not in the record.',
  'attention.reason.practice.denied':
    'When this arrived, your account was not allowed to do this. Nothing of it is in the record.',
  'attention.reason.practice.gone':
    'What this is about was not on the server when it arrived. Nothing of it is in the record.',
  'attention.reason.practice.withdrawn':
    'The practice withdrew the scan before this arrived. Nothing of it is in the record.',
  'attention.advice.practice': 'Send yours all the same, change it first, or let it go with a reason.',
  'attention.advice.practiceGone': 'It cannot be sent again from here. Let it go with a reason.',
  'attention.advice.rules':
    'Set yours all the same. To choose other values, change the rules on their own page; then let this go with a reason.',
  'attention.advice.answered':
    'One answer closes a question, and that one stands. If yours adds something, open the scan and ask or write a note there; then let this go with a reason.',
  'attention.advice.practiceEdit':
    'Sent again as it is, it would be refused again. Change it and send that, or let it go with a reason.',
  'attention.editText': 'Change and send',
  'attention.resent': 'Queued as you changed it. It is sent by itself.',
  'attention.change.anew': 'It opens with what you wanted, and is made on what stands now.',
  'attention.brought.of': 'Unsent work of {author}, imported by you',
  'attention.brought.why': 'The server’s answer to {author}: “{reason}”',
  'attention.brought.advice':
    'Nobody but {author} can send this again. Tell them, or open the scan and decide yourself; then mark this as seen. The server keeps it for {author}.',
  'attention.brought.adviceNoScan':
    'Nobody but {author} can send this again. Tell them; then mark this as seen. The server keeps it for {author}.',
  'attention.brought.wanted': '{author} wanted',
  'attention.brought.decided': 'What {author} decided',
  'attention.brought.answer': 'Answer of {author}',
  'attention.wanted.details': 'Details',
  'attention.wanted.for': 'Was to',
  'attention.wanted.replaces': 'replace an earlier read of the same person',
  'attention.wanted.settles': 'settle two reads that differ',
  'attention.wanted.second': 'be a second read, made blind',
  'ask.notHere': 'Somebody who is not here any more',
  'attention.reason.read.second-read-invalid':
    'This second read was made by somebody else first, or it is not asked for any more. Nothing of it is in the record.',
  'attention.advice.secondRead':
    'Second reads measure how well the practice agrees; the patient misses nothing. Discard this with a reason.',
} as const
