export const review = {
  'review.title': 'Befundung',
  'review.caseOf': 'Fall {index} von {total}',
  'review.age': '{years} J.',
  'review.lastTime': 'zuletzt: {word}',
  'review.notThere': 'Dieser Scan ist nicht auf diesem Rechner.',
} as const
