export const attention = {
  'attention.title': 'À traiter',
  'attention.about':
    'Vos modifications qui n’ont pas été exécutées comme vous l’aviez décidé, ou qui attendent votre accord. Chacune reste ici jusqu’à ce que vous la régliez.',
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
  'attention.status.corrected': 'corrigée par un confrère',
  'attention.status.stale': 'plus de 24 heures, attend votre accord',
  'attention.scanOf': 'Scan du {day}',
  'attention.why': 'Ce qui s’est passé',
  'attention.todo': 'Ce que vous pouvez faire',
  'attention.yours': 'Ce que vous avez décidé',
  'attention.yoursLost': 'Ce que la vôtre aurait fait',
  'attention.stands': 'Ce qui vaut',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'Vous, {when}',
  'attention.because': 'Motif : {reason}',
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
  'attention.reason.corrected':
    'La personne qui a tranché entre deux lectures de ce scan a mis une autre décision à la place de la vôtre, qui était déjà partie. Votre lecture et votre action restent au dossier.',
  'attention.reason.lostMine':
    'Une décision antérieure de votre part pour ce scan a déjà été exécutée. Votre lecture figure au dossier ; cette action y est gardée comme ce que vous auriez fait.',
  'attention.reason.lostCorrection':
    'Ce que ceci corrige ne valait plus quand la correction est parvenue au serveur : une autre action était arrivée avant. Votre lecture figure au dossier ; cette action y est gardée comme ce que vous auriez fait.',
  'attention.reason.read.correction-invalid':
    'L’action que ceci devait corriger n’est pas la vôtre, et la lecture ne tranche pas entre deux autres. Rien n’en figure au dossier.',
  'attention.advice.lostCorrection':
    'Si vous n’êtes toujours pas d’accord, ouvrez le scan et corrigez ce qui vaut maintenant, si c’est de vous. Sinon, marquez ceci comme vu.',
  'attention.advice.retry':
    'Réessayez si la raison a pu disparaître, ou ouvrez le scan et décidez à nouveau. Si cela n’a plus d’importance, abandonnez avec une raison.',
  'attention.advice.noRetry':
    'Renvoyée, elle serait refusée de nouveau. Ouvrez le scan, décidez à nouveau, puis abandonnez celle-ci avec une raison.',
  'attention.advice.noScan':
    'Il n’y a pas ici de scan sur lequel décider. Il revient avec la prochaine synchronisation si le cabinet l’a encore. Si cela n’a plus d’importance, abandonnez avec une raison.',
  'attention.advice.lost':
    'Ouvrez le scan si vous n’êtes pas d’accord : les deux lectures y sont côte à côte. Sinon, marquez comme vu.',
  'attention.advice.corrected':
    'Ouvrez le scan pour voir les lectures et ce qui vaut maintenant. Si vous n’êtes pas d’accord, parlez-en à votre confrère ; sinon, marquez comme vu.',
  'attention.discardTitle': 'Abandonner cette modification',
  'attention.discardWhy': 'Pourquoi',
  'attention.discardHelp': 'Gardé sur cet ordinateur avec la modification, votre nom et l’heure.',
  'attention.seenTitle': 'Marquer comme vu',
  'attention.seenWhy': 'Remarque (facultative)',
  'attention.discard': 'Abandonner',
  'attention.seen': 'Vu',
  'attention.open': 'Ouvrir le scan',
  'attention.openRules': 'Ouvrir les règles du cabinet',
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
  'attention.reason.stale':
    'Décidé {when}, il y a {age}, et non confirmé par le serveur. Après plus de 24 heures, une instruction à un patient n’est envoyée que si vous le dites.',
  'attention.reason.session.withdrawn':
    'Le cabinet a retiré ce scan avant l’arrivée de votre décision. Rien n’en figure au dossier et les photos ne sont plus sur cet ordinateur.',
  'attention.reason.patient.stale':
    'Un collègue a modifié le même champ en premier. Rien de votre modification ne figure au dossier.',
  'attention.reason.patient.denied':
    'À son arrivée, votre compte ne pouvait pas modifier les données des patients. Rien n’en figure au dossier.',
  'attention.reason.patient.gone':
    'Le serveur n’avait pas ce patient à l’arrivée de votre modification. Rien n’en figure au dossier.',
  'attention.reason.patient.exists':
    'Un autre patient a déjà cette référence. Rien de votre modification ne figure au dossier.',
  'attention.advice.stale':
    'Lisez-la comme si elle était nouvelle. Si elle est encore juste, envoyez-la maintenant. Sinon, ne l’envoyez pas ; ouvrez le scan et décidez à nouveau.',
  'attention.advice.withdrawn':
    'Il n’y a plus rien à décider. Si le patient doit avoir de vos nouvelles, contactez-le directement ; puis écartez ceci avec un motif.',
  'attention.advice.patient': 'Fixez tout de même vos valeurs, modifiez-les d’abord, ou gardez ce qui vaut maintenant.',
  'attention.advice.patientGone': 'Cela ne peut pas être fixé d’ici. Gardez ce qui vaut maintenant, avec un motif.',
  'attention.noPatient': 'Patient absent de cet ordinateur',
  'attention.patientDetails': 'Données du patient',
  'attention.since': 'Ce qui s’est passé depuis, pour autant que cet ordinateur le sache',
  'attention.since.won':
    '{name} a décidé entre-temps pour le patient : {action}. Cela vaut ; envoyée maintenant, la vôtre est conservée comme ce que vous auriez fait et ne parvient pas au patient.',
  'attention.since.mine':
    'Une autre de vos décisions a été exécutée entre-temps : {action}. Cela vaut ; envoyée maintenant, celle-ci est conservée comme ce que vous auriez fait et ne parvient pas au patient.',
  'attention.since.corrects':
    'Ce que ceci corrige vaut encore pour le patient : {action}. Envoyée maintenant, cette action prend sa place.',
  'attention.since.scan': 'Un scan plus récent de ce patient est arrivé, du {day} : {state}.',
  'attention.since.nothing': 'Aucun scan plus récent de ce patient, et aucune autre action sur celui-ci.',
  'attention.since.offline': 'Cet ordinateur n’est pas connecté : il peut y avoir plus qu’il ne sait pas encore.',
  'attention.sendNow': 'Envoyer maintenant',
  'attention.doNotSend': 'Ne pas envoyer',
  'attention.doNotSendTitle': 'Ne pas envoyer ceci',
  'attention.doNotSendHelp': 'Votre lecture de ce scan part avec : le scan attend de nouveau une lecture.',
  'attention.confirmTitle': 'Envoyer ceci maintenant à {name}',
  'attention.confirmAge': 'Décidé il y a {age}.',
  'attention.confirmed': 'Libérée. Elle part d’elle-même.',
  'attention.notSent': 'Non envoyée. Le motif est conservé.',
  'attention.keepTheirs': 'Garder les leurs',
  'attention.keepTheirsTitle': 'Garder ce qui vaut maintenant',
  'attention.keptTheirs': 'Cela reste tel quel. Le motif est conservé.',
  'attention.setMine': 'Fixer les miennes',
  'attention.setMineDone': 'Vos valeurs sont fixées ici et partent d’elles-mêmes.',
  'attention.edit': 'Décider à nouveau',
  'attention.editChange': 'Modifier et fixer',
  'attention.replaced': 'Vos nouvelles valeurs sont fixées ici et partent d’elles-mêmes.',
  'attention.replaces': 'Votre décision remplace une décision qui n’a pas été acceptée : {action}, décidée {when}.',
  'attention.change.table': 'Champs de cette modification',
  'attention.change.field': 'Champ',
  'attention.change.was': 'C’était',
  'attention.change.wanted': 'Vous vouliez',
  'attention.change.now': 'C’est maintenant',
  'attention.change.moved': 'modifié entre-temps',
  'attention.change.asWanted': 'comme vous le vouliez',
  'attention.change.unknown': 'inconnu ici',
  'attention.change.edit':
    'Les champs montrent ce que vous vouliez. Est fixé ce qui diffère de ce qui vaut maintenant.',
  'attention.change.save': 'Fixer ainsi',
  'attention.waiting':
    '{count, plural, one {# instruction à un patient attend depuis plus de 24 heures. Regardez-la avant qu’elle ne parte.} other {# instructions à des patients attendent depuis plus de 24 heures. Regardez-les avant qu’elles ne partent.}}',
  'attention.lookAtThem': '{count, plural, one {La regarder} other {Les regarder}}',
  'command.attention.edit': 'Décider ou modifier à nouveau',
  'command.attention.confirm': 'Envoyer une instruction ancienne',
} as const
