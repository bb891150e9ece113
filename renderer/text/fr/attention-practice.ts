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
  'attention.advice.practice': 'Envoyez quand même la vôtre, modifiez-la d’abord, ou abandonnez-la avec un motif.',
  'attention.advice.practiceGone': 'Impossible de la renvoyer d’ici. Abandonnez-la avec un motif.',
  'attention.advice.rules':
    'Imposez quand même vos valeurs. Pour en choisir d’autres, modifiez les règles sur leur page ; abandonnez ensuite ceci avec un motif.',
  'attention.advice.answered':
    'Une réponse clôt une question, et celle-là fait foi. Si la vôtre ajoute quelque chose, ouvrez le scan et posez une question ou écrivez une note ; abandonnez ensuite ceci avec un motif.',
  'attention.advice.practiceEdit':
    'Renvoyée telle quelle, elle serait refusée à nouveau. Modifiez-la et envoyez-la ainsi, ou abandonnez-la avec un motif.',
  'attention.editText': 'Modifier et envoyer',
  'attention.resent': 'En file comme vous l’avez modifiée. L’envoi se fait seul.',
  'attention.change.anew': 'S’ouvre avec ce que vous vouliez, sur la base de ce qui vaut maintenant.',
  'attention.brought.of': 'Travail non envoyé de {author}, importé par vous',
  'attention.brought.why': 'Réponse du serveur à {author} : « {reason} »',
  'attention.brought.advice':
    '{author} est seul à pouvoir renvoyer ceci. Prévenez cette personne, ou ouvrez le scan et décidez vous-même ; marquez ensuite ceci comme vu. Le serveur le garde pour {author}.',
  'attention.brought.adviceNoScan':
    '{author} est seul à pouvoir renvoyer ceci. Prévenez cette personne ; marquez ensuite ceci comme vu. Le serveur le garde pour {author}.',
  'attention.brought.wanted': '{author} voulait',
  'attention.brought.decided': 'Ce que {author} a décidé',
  'attention.brought.answer': 'Réponse de {author}',
  'attention.wanted.details': 'Détails',
  'attention.wanted.for': 'Devait',
  'attention.wanted.replaces': 'remplacer une lecture antérieure de la même personne',
  'attention.wanted.settles': 'départager deux lectures différentes',
  'attention.wanted.second': 'être une seconde lecture à l’aveugle',
  'ask.notHere': 'Quelqu’un qui n’est plus ici',
  'attention.reason.read.second-read-invalid':
    'Quelqu’un d’autre a fait cette seconde lecture avant, ou elle n’est plus demandée. Rien n’en figure au dossier.',
  'attention.advice.secondRead':
    'Les secondes lectures mesurent l’accord au cabinet ; il ne manque rien au patient. Abandonnez ceci avec un motif.',
} as const
