export const review = {
  'review.title': 'Review',
  'review.caseOf': 'Case {index} of {total}',
  'review.age': '{years} y',
  'review.lastTime': 'last time: {word}',
  'review.notThere': 'This scan is not on this computer.',
} as const
