export const attentionPractice = {
  'attention.about.rules': 'Regeln der Praxis',
  'attention.about.goal': 'Behandlungsziel',
  'attention.about.question': 'Frage an eine Kollegin oder einen Kollegen',
  'attention.about.answer': 'Antwort auf eine Frage',
  'attention.anyClinician': 'An alle Behandler',
  'attention.question': 'Frage',
  'attention.questionGone': 'Die Frage ist nicht mehr da.',
  'attention.yourAnswer': 'Ihre Antwort',
  'attention.change.none': 'keine Angabe',
  'attention.reason.rules.stale':
    'Eine Kollegin oder ein Kollege hat dieselbe Regel zuerst geändert. Von Ihrer Änderung gilt nichts.',
  'attention.reason.goal.stale':
    'Eine Kollegin oder ein Kollege hat dasselbe Ziel zuerst geändert. Von Ihrer Änderung steht nichts in der Akte.',
  'attention.reason.question.answered':
    'Eine Kollegin oder ein Kollege hat diese Frage zuerst beantwortet. Deren Antwort gilt; Ihre steht nicht in der Akte.',
  'attention.reason.practice.denied': 'Als dies ankam, durfte Ihr Konto das nicht. Nichts davon steht in der Akte.',
  'attention.reason.practice.gone':
    'Worum es geht, war nicht auf dem Server, als dies ankam. Nichts davon steht in der Akte.',
  'attention.reason.practice.withdrawn':
    'Die Praxis hat den Scan zurückgezogen, bevor dies ankam. Nichts davon steht in der Akte.',
  'attention.advice.practice': 'Schicken Sie Ihres trotzdem, oder verwerfen Sie es mit einem Grund.',
  'attention.advice.practiceGone': 'Es lässt sich von hier nicht noch einmal senden. Verwerfen Sie es mit einem Grund.',
} as const
