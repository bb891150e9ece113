export const attentionPractice = {
  'attention.about.rules': 'Règles du cabinet',
  'attention.about.goal': 'Objectif',
  'attention.about.question': 'Question à un confrère',
  'attention.about.answer': 'Réponse à une question',
  'attention.anyClinician': 'À tout praticien',
  'attention.question': 'Question',
  'attention.questionGone': 'La question n’existe plus.',
  'attention.yourAnswer': 'Votre réponse',
  'attention.change.none': 'aucun',
  'attention.reason.rules.stale':
    'Un confrère a modifié cette règle avant vous. Rien de votre modification n’est en vigueur.',
  'attention.reason.goal.stale':
    'Un confrère a modifié cet objectif avant vous. Rien de votre modification n’est au dossier.',
  'attention.reason.question.answered':
    'Un confrère a répondu à cette question avant vous. Sa réponse fait foi ; la vôtre n’est pas au dossier.',
  'attention.reason.practice.denied':
    'À l’arrivée de ceci, votre compte n’y était pas autorisé. Rien n’en figure au dossier.',
  'attention.reason.practice.gone':
    'Ce dont il s’agit n’était pas sur le serveur à son arrivée. Rien n’en figure au dossier.',
  'attention.reason.practice.withdrawn':
    'Le cabinet a retiré le scan avant l’arrivée de ceci. Rien n’en figure au dossier.',
  'attention.advice.practice': 'Envoyez quand même la vôtre, ou abandonnez-la avec un motif.',
  'attention.advice.practiceGone': 'Impossible de la renvoyer d’ici. Abandonnez-la avec un motif.',
} as const
