export const review = {
  'review.title': 'Revisión',
  'review.caseOf': 'Caso {index} de {total}',
  'review.age': '{years} a',
  'review.lastTime': 'la última vez: {word}',
  'review.notThere': 'Este escaneo no está en este equipo.',
} as const
