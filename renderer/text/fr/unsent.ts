export const unsent = {
  'unsent.title': 'Travail non envoyé',
  'unsent.about':
    'Vos changements que le serveur n’a pas encore, et une issue si cet ordinateur ne peut pas les envoyer.',
  'unsent.waiting':
    '{count, plural, one {# de vos changements attend d’être envoyé} other {# de vos changements attendent d’être envoyés}}',
  'unsent.waitingHelp': 'Ils partent d’eux-mêmes dès que le serveur accepte cet ordinateur.',
  'unsent.nothing': 'Rien en attente',
  'unsent.nothingHelp': 'Tout ce que vous avez décidé sur cet ordinateur est sur le serveur.',
  'unsent.export': 'Exporter le travail non envoyé…',
  'unsent.exportTitle': 'Exporter le travail non envoyé',
  'unsent.exportWhat':
    'Vous obtenez un fichier avec vos changements non envoyés, chiffré par une phrase secrète. Remettez-le à un administrateur du cabinet, qui l’importe dans Loupe sur un ordinateur qui atteint le serveur. Donnez la phrase secrète par une autre voie : de vive voix ou par téléphone, pas à côté du fichier.',
  'unsent.exportSafe':
    'Rien n’est retiré ici. Si cet ordinateur peut de nouveau envoyer, il le fait ; chaque changement arrive une seule fois, quelle que soit la voie la plus rapide. Ce qui est dans le fichier ne peut plus être repris ici ; une correction reste possible.',
  'unsent.passphrase': 'Phrase secrète du fichier',
  'unsent.again': 'La même encore une fois',
  'unsent.tooShort': 'Au moins 12 caractères. Quatre mots sans rapport se retiennent facilement.',
  'unsent.exportSubmit': 'Enregistrer le fichier',
  'unsent.exporting': 'Chiffrement en cours',
  'unsent.exported':
    '{count, plural, one {# changement est} other {# changements sont}} dans le fichier {name}. Rien n’a été retiré ici.',
  'unsent.reportsLeft':
    '{count, plural, one {# rapport de photos affichées n’y tenait pas et attend} other {# rapports de photos affichées n’y tenaient pas et attendent}} ici.',
  'unsent.othersTitle': 'Travail non envoyé de collègues sur cet ordinateur',
  'unsent.othersWhat':
    'Pour quelqu’un qui ne peut plus se connecter ici ou dont le rôle a changé. Il reste le sien : importé, il est exécuté en son nom, avec le rôle que cette personne a alors.',
  'unsent.othersCount': '{count, plural, one {# modification} other {# modifications}}',
  'unsent.exportOf': 'Exporter…',
  'unsent.exportTitleOf': 'Exporter le travail non envoyé de {name}',
  'unsent.exportWhatOf':
    'Vous obtenez un fichier avec les modifications non envoyées de {name}, chiffré par une phrase secrète. Un administrateur du cabinet l’importe dans Loupe sur un ordinateur qui atteint le serveur.',
  'unsent.somebody': 'Quelqu’un d’inconnu ici',
  'unsent.importTitle': 'Importer le travail non envoyé d’un collègue',
  'unsent.import': 'Importer le travail non envoyé d’un collègue…',
  'unsent.importOpen': 'Ouvrir un fichier…',
  'unsent.importWhat':
    'Pour un fichier qu’un collègue a exporté dans Loupe parce que son ordinateur ne pouvait pas envoyer. Vous voyez ce qu’il contient avant tout envoi. Les changements restent les siens, à son nom.',
  'unsent.file': 'Fichier',
  'unsent.chooseFile': 'Choisir le fichier',
  'unsent.noFile': 'Aucun fichier choisi',
  'unsent.read': 'Ouvrir le fichier',
  'unsent.reading': 'Ouverture',
  'unsent.tooLarge': 'Plus de 64 Mo : ce n’est pas un export de travail non envoyé.',
  'unsent.summary': 'Dans ce fichier',
  'unsent.author': 'Créé par',
  'unsent.practice': 'Cabinet',
  'unsent.exportedAt': 'Exporté',
  'unsent.count': 'Changements',
  'unsent.stale': 'Consignes à des patients de plus de 24 heures',
  'unsent.staleWhy':
    'Ce qui était juste alors peut ne plus l’être. Demandez à {author} pour chacune. Sans votre coche, elles restent dehors et tout le reste est envoyé.',
  'unsent.confirmStale':
    '{count, plural, one {Cette ancienne consigne est vérifiée} other {Ces # anciennes consignes sont vérifiées}} avec {author}',
  'unsent.importSubmit': '{count, plural, one {Envoyer # changement} other {Envoyer # changements}}',
  'unsent.importing': 'Envoi au serveur',
  'unsent.result': 'Terminé',
  'unsent.applied': 'Exécutés',
  'unsent.appliedWhy': 'Sur le serveur, au nom de {author}. Ce qui y était déjà compte aussi.',
  'unsent.refused': 'Refusés',
  'unsent.refusedWhy':
    'Conservés sur le serveur pour {author}. Chacun figure ici sous « À traiter », avec la raison et ce que {author} voulait.',
  'unsent.seeRefused': 'Les voir',
  'unsent.leftOut': 'Laissés de côté',
  'unsent.leftOutWhy':
    'Anciennes consignes sans votre coche. Elles sont toujours dans le fichier et sur l’ordinateur de {author}.',
  'unsent.another': 'Un autre fichier',
  'unsent.notSent': 'Rien n’a été envoyé : {why}',
  'unsent.importBroken': 'L’envoi s’est interrompu : {why} Recommencez ; ce qui est arrivé n’est pas doublé.',
  'command.goUnsent': 'Aller au travail non envoyé',
} as const
