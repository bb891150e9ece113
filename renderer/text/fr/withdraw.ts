export const withdraw = {
  'command.review.withdraw': 'Retirer ce scan',
  'withdraw.title': 'Retirer un scan',
  'withdraw.whose': '{name}, scan du {day}',
  'withdraw.what':
    'Pour des photos qui ne devraient pas être ici : celles d’un autre patient, ou de quelqu’un qui n’en est pas un. Le scan disparaît de tous les ordinateurs du cabinet, avec ses lectures, questions et décisions.',
  'withdraw.kept':
    'Ce qui a déjà été dit au patient reste dit. Le serveur du cabinet garde photos et décisions comme trace, avec votre nom, l’heure et votre motif ; elles ne sont plus montrées à personne. Impossible de le faire revenir d’ici.',
  'withdraw.needsServer': 'Il faut le serveur pour cela, et il n’est pas connecté en ce moment.',
  'withdraw.reason': 'Pourquoi il est retiré',
  'withdraw.sure': 'Ces photos n’ont pas leur place au dossier de {name}',
  'withdraw.submit': 'Retirer le scan',
  'withdraw.busy': 'Demande au serveur',
  'withdraw.failed': 'Rien n’a été retiré.',
  'withdraw.done': 'Vous avez retiré ce scan',
  'withdraw.doneHelp':
    'Il disparaît de tous les ordinateurs du cabinet. Les décisions à son sujet qui ne sont pas encore parties reviennent sous « À traiter ».',
  'withdraw.next': 'Scan suivant',
  'withdraw.perhaps': 'Le cabinet l’a retiré, ou il n’est pas encore arrivé.',
} as const
