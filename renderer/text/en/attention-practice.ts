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
  'attention.advice.practice': 'Send yours all the same, or let it go with a reason.',
  'attention.advice.practiceGone': 'It cannot be sent again from here. Let it go with a reason.',
} as const
