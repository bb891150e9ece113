export const review = {
  'review.title': 'Examen',
  'review.caseOf': 'Cas {index} sur {total}',
  'review.age': '{years} ans',
  'review.lastTime': 'la dernière fois : {word}',
  'review.notThere': 'Ce scan n’est pas sur cet ordinateur.',
} as const
