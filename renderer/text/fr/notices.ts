export const notices = {
  'notice.list': 'Avis',
  'notice.none': 'Rien à signaler : tout fonctionne.',
  'notice.dismiss': 'Masquer cet avis',
  'notice.export': 'Exporter le travail non envoyé',
  'notice.storage': 'Ouvrir le stockage',
  'notice.syncNow': 'Essayer maintenant',
  'notice.read-only.title': 'Dossier en lecture seule',
  'notice.read-only.say':
    'Loupe ne peut pas écrire dans son dossier sur cet ordinateur : une nouvelle décision pourrait ne pas être enregistrée, et vous le sauriez aussitôt. Ce que vous avez décidé avant est en sûreté. Demandez à votre service informatique.',
  'notice.disk-full.title': 'Disque plein',
  'notice.disk-full.say':
    'Le disque de cet ordinateur est plein : plus rien n’arrive, et une nouvelle décision pourrait ne pas être enregistrée ; vous le sauriez aussitôt. Ce que vous avez décidé avant est en sûreté. Libérez de l’espace.',
  'notice.certificate.title': 'Serveur non fiable',
  'notice.certificate.say':
    'Cet ordinateur ne fait pas confiance au certificat du serveur. Rien n’a été envoyé. Vous pouvez continuer : vos décisions sont conservées ici. Vérifiez la date de cet ordinateur, ou demandez à votre service informatique.',
  'notice.too-old.title': 'Loupe est trop ancien',
  'notice.too-old.say':
    'Cette version de Loupe est trop ancienne pour le serveur de votre cabinet. Vos décisions sont conservées et toujours envoyées, mais plus rien n’arrive. Mettez Loupe à jour ou demandez à votre service informatique.',
  'notice.server-too-old.title': 'Serveur trop ancien',
  'notice.server-too-old.say':
    'Cette version de Loupe est plus récente que le serveur de votre cabinet. Vos décisions sont conservées ici et seront envoyées une fois le serveur mis à jour. Prévenez votre service informatique.',
  'notice.signed-out.title': 'Session terminée',
  'notice.refused.title': 'Le serveur refuse',
  'notice.not-loupe.title': 'Autre chose répond',
  'notice.not-loupe.say':
    'Autre chose répond à la place du serveur : un proxy ou la page de connexion de ce réseau. Vos décisions sont conservées ici. Connectez-vous au réseau ou demandez à votre service informatique.',
  'notice.low-disk.title': 'Peu d’espace disque',
  'notice.low-disk.say':
    'Il reste moins de 500 Mo sur cet ordinateur : les photos ne sont plus conservées, les décisions le sont toujours. Libérez de l’espace.',
  'notice.clock.title': 'Horloge inexacte',
  'notice.clock.behind':
    'L’horloge de cet ordinateur retarde de {span}. Les heures affichées ici sont décalées d’autant ; les décisions sont enregistrées et le serveur les met en ordre. Réglez l’horloge ou demandez à votre service informatique.',
  'notice.clock.ahead':
    'L’horloge de cet ordinateur avance de {span}. Les heures affichées ici sont décalées d’autant ; les décisions sont enregistrées et le serveur les met en ordre. Réglez l’horloge ou demandez à votre service informatique.',
  'notice.silent.title': 'Le serveur ne répond pas',
  'notice.silent.say':
    'Le serveur ne répond pas. Vous pouvez continuer : vos décisions restent ici et partent dès qu’il répond.',
  'firstCopy.title': 'Première copie du cabinet',
  'firstCopy.emptyTitle': 'Le cabinet est en cours de copie sur cet ordinateur',
  'firstCopy.emptyHelp': 'Les scans arrivent ici d’eux-mêmes ; commencez par le premier.',
  'firstCopy.rows': '{done} sur {total} entrées',
  'firstCopy.rowsOnly': '{count, plural, one {# entrée} other {# entrées}}',
  'firstCopy.photos': '{count, plural, one {# photo à venir} other {# photos à venir}}',
  'firstCopy.left': 'encore environ {span}',
  'firstCopy.leftLittle': 'encore moins d’une minute',
  'firstCopy.usable': 'Ce qui est déjà là peut être utilisé.',
  'firstCopy.paused': 'En pause : reprend où elle s’est arrêtée dès que le serveur est de retour.',
  'status.connecting': 'Connexion en cours',
  'status.copying': 'Copie du cabinet, {part}',
  'status.confirm': '{count, plural, one {# à confirmer} other {# à confirmer}}',
  'command.notices': 'Afficher les avis',
} as const
