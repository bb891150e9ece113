export const attention = {
  'attention.title': 'À traiter',
  'attention.about':
    'Vos modifications que le serveur n’a pas exécutées comme vous l’aviez décidé. Chacune reste ici jusqu’à ce que vous la régliez.',
  'attention.list': 'Modifications',
  'attention.count': '{count, plural, one {# modification} other {# modifications}}',
  'attention.empty': 'Rien ne demande votre attention',
  'attention.emptyHelp':
    'Si le serveur refuse une de vos modifications, ou si la décision d’un confrère arrive avant la vôtre, vous la trouvez ici avec la raison.',
  'attention.failed': 'Cette liste n’a pas pu être lue sur cet ordinateur.',
  'attention.failedSafe': 'Rien n’est perdu.',
  'attention.position': '{index} sur {total} : {name}',
  'attention.noScan': 'Scan absent de cet ordinateur',
  'attention.status.rejected': 'non acceptée',
  'attention.status.parked': 'mise de côté par le serveur',
  'attention.status.lost': 'une autre décision est arrivée avant',
  'attention.status.stale': 'en attente depuis plus de 24 heures, non envoyé',
  'attention.scanOf': 'Scan du {day}',
  'attention.why': 'Ce qui s’est passé',
  'attention.todo': 'Ce que vous pouvez faire',
  'attention.yours': 'Ce que vous avez décidé',
  'attention.yoursLost': 'Ce que la vôtre aurait fait',
  'attention.stands': 'Ce qui vaut',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'Vous, {when}',
  'attention.someone': 'Un confrère',
  'attention.notRecorded': 'pas encore confirmé',
  'attention.nothingStands': 'Aucune décision pour le patient ne vaut sur ce scan.',
  'attention.unreadable': 'Cette modification vient d’une autre version de Loupe, qui peut encore l’afficher.',
  'attention.decidedAt': 'Décidé {when}',
  'attention.answeredAt': 'Réponse {when}',
  'attention.noScores': 'aucune note',
  'attention.note': 'Note',
  'attention.do.approve_progression': 'Approuver, passer à l’aligneur {stage}',
  'attention.do.hold_aligner': '{count, plural, one {Garder cet aligneur # jour} other {Garder cet aligneur # jours}}',
  'attention.do.request_retake': 'Demander de nouvelles photos : {views}',
  'attention.do.message_patient': 'Message au patient : « {text} »',
  'attention.do.schedule_appointment':
    '{count, plural, one {Rendez-vous sous # jour} other {Rendez-vous sous # jours}}',
  'attention.do.refer': 'Adresser : {reason}',
  'attention.do.none': 'Rien à faire pour le patient',
  'attention.reason.auth.denied':
    'À l’arrivée, votre compte n’avait pas le droit de décider sur ce scan. Rien n’en figure au dossier.',
  'attention.reason.input.invalid':
    'Le serveur n’a pas pu lire cette décision. Cela arrive quand cet ordinateur et le serveur ont des versions différentes de Loupe. Rien n’en figure au dossier.',
  'attention.reason.input.too-large':
    'Cette décision est plus longue que ce que le serveur accepte. Rien n’en figure au dossier.',
  'attention.reason.not-found':
    'Le serveur n’avait pas ce scan à l’arrivée de votre décision : il a été retiré, ou n’était pas encore publié. Rien n’en figure au dossier.',
  'attention.reason.conflict.exists':
    'Le serveur a une autre lecture sous le même numéro. Rien de celle-ci ne figure au dossier.',
  'attention.reason.read.version-unknown':
    'Votre lecture nomme une version de ce scan que le serveur n’a pas. Rien n’en figure au dossier.',
  'attention.reason.read.fit-without-aligners':
    'La lecture juge l’ajustage de l’aligneur tout en indiquant qu’il n’était pas en bouche. Rien n’en figure au dossier.',
  'attention.reason.read.supersede-foreign':
    'La lecture devait en remplacer une autre, qui n’est pas de vous ou n’est jamais arrivée au serveur. Rien n’en figure au dossier.',
  'attention.reason.read.adjudication-invalid':
    'La lecture devait en départager deux autres, qui ne valent plus comme lectures de deux personnes. Rien n’en figure au dossier.',
  'attention.reason.unknown':
    'Le serveur a refusé pour une raison que cette version de Loupe ne connaît pas. Rien n’en figure au dossier.',
  'attention.reason.lost':
    'La décision d’un confrère pour ce patient est arrivée au serveur avant la vôtre et a été exécutée. Votre lecture figure au dossier ; votre action y est gardée comme ce que vous auriez fait.',
  'attention.reason.lostMine':
    'Une décision antérieure de votre part pour ce scan a déjà été exécutée. Votre lecture figure au dossier ; cette action y est gardée comme ce que vous auriez fait.',
  'attention.advice.retry':
    'Réessayez si la raison a pu disparaître, ou ouvrez le scan et décidez à nouveau. Si cela n’a plus d’importance, abandonnez avec une raison.',
  'attention.advice.noRetry':
    'Renvoyée, elle serait refusée de nouveau. Ouvrez le scan, décidez à nouveau, puis abandonnez celle-ci avec une raison.',
  'attention.advice.noScan':
    'Il n’y a pas ici de scan sur lequel décider. Il revient avec la prochaine synchronisation si le cabinet l’a encore. Si cela n’a plus d’importance, abandonnez avec une raison.',
  'attention.advice.lost':
    'Ouvrez le scan si vous n’êtes pas d’accord : les deux lectures y sont côte à côte. Sinon, marquez comme vu.',
  'attention.discardTitle': 'Abandonner cette modification',
  'attention.discardWhy': 'Pourquoi',
  'attention.discardHelp': 'Gardé sur cet ordinateur avec la modification, votre nom et l’heure.',
  'attention.seenTitle': 'Marquer comme vu',
  'attention.seenWhy': 'Remarque (facultative)',
  'attention.discard': 'Abandonner',
  'attention.seen': 'Vu',
  'attention.open': 'Ouvrir le scan',
  'attention.retry': 'Réessayer',
  'attention.retried': 'Remise en file. L’envoi se fait tout seul.',
  'attention.discarded': 'Abandonnée. La raison est gardée sur cet ordinateur.',
  'attention.wasSeen': 'Marquée comme vue.',
  'attention.notDone': 'Cela n’a pas marché : {why} La modification est toujours ici.',
  'command.goAttention': 'Aller à « À traiter »',
  'command.attention.next': 'Modification suivante',
  'command.attention.previous': 'Modification précédente',
  'command.attention.first': 'Première modification',
  'command.attention.last': 'Dernière modification',
  'command.attention.open': 'Ouvrir le scan',
  'command.attention.retry': 'Réessayer',
  'command.attention.discard': 'Abandonner, ou marquer comme vu',
  'command.attention.send': 'Confirmer',
  'command.attention.close': 'Quitter le formulaire',
  'nav.attention': 'À traiter',
  'help.attention': 'À traiter',
} as const
