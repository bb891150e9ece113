export const access = {
  'access.choose.title': 'Choisissez une phrase secrète',
  'access.choose.why':
    'Cet ordinateur n’offre pas de trousseau : une phrase secrète protège donc les photos des patients. Vous la saisirez à chaque démarrage.',
  'access.choose.noRecovery':
    'Personne ne peut la retrouver, pas même votre administrateur. Si elle est perdue, cet ordinateur repart d’une copie du serveur ; les changements non envoyés sont perdus.',
  'access.passphrase': 'Phrase secrète',
  'access.again': 'La même à nouveau',
  'access.choose.submit': 'Utiliser cette phrase',
  'access.tooShort': 'Au moins 10 caractères. Quatre mots sans lien se retiennent bien.',
  'access.differ': 'Les deux ne sont pas identiques.',
  'access.strength.weak': 'Faible : facile à deviner. Ajoutez un mot.',
  'access.strength.fair': 'Moyenne. Un mot de plus la rend forte.',
  'access.strength.strong': 'Forte.',
  'access.locked.title': 'Cet ordinateur est verrouillé',
  'access.locked.why':
    'Les données des patients sont fermées. Les décisions et ce qui a été saisi pour un scan sont conservés.',
  'access.letGo.sent':
    '{count, plural, one {La décision qui pouvait encore être reprise est envoyée.} other {Les # décisions qui pouvaient encore être reprises sont envoyées.}}',
  'access.letGo.kept':
    '{count, plural, one {# décision est encore sur cet ordinateur : le serveur n’a pas répondu à temps. Elle partira quand son auteur sera connecté ici et que le serveur répondra.} other {# décisions sont encore sur cet ordinateur : le serveur n’a pas répondu à temps. Elles partiront quand leur auteur sera connecté ici et que le serveur répondra.}}',
  'access.unlock': 'Déverrouiller',
  'access.unlockKeychain': 'Déverrouiller avec le trousseau',
  'access.unlocking': 'Ouverture du stockage',
  'access.problem.title': 'Loupe ne peut pas ouvrir son stockage',
  'access.problem.safe':
    'Rien n’a été modifié ni supprimé. Une fois le problème réglé, Loupe reprend où vous en étiez.',
  'access.problem.still': 'Essayé à l’instant : c’est toujours le cas.',
  'access.noKey.title': 'La clé du stockage de cet ordinateur a disparu',
  'access.noKey.why':
    'Le trousseau a été vidé ou remplacé. Le stockage chiffré est toujours là, Loupe ne l’efface pas.',
  'access.noKey.do':
    'Si votre administrateur peut restaurer le trousseau, relancez ensuite Loupe. Les examens envoyés sont en sûreté sur le serveur.',
  'access.noKey.retry': 'Chercher la clé à nouveau',
  'access.signIn.title': 'Connexion',
  'access.signIn.why': 'La page de connexion de votre cabinet s’ouvre dans le navigateur.',
  'access.signIn.submit': 'Se connecter dans le navigateur',
  'access.signIn.opening': 'Demande au serveur',
  'access.signIn.waiting': 'En attente du navigateur',
  'access.signIn.waitingHelp': 'Terminez-y la connexion ; cette fenêtre continue d’elle-même.',
  'access.signIn.openAgain': 'Rouvrir la page de connexion',
  'access.signIn.noServer': 'Le serveur ne répond pas',
  'access.signIn.noServerHelp':
    'La première connexion en a besoin. Vérifiez avec votre administrateur que {server} fonctionne.',
  'access.signIn.noNetwork': 'Cet ordinateur n’a pas de réseau',
  'access.signIn.noNetworkHelp': 'La première connexion nécessite le réseau. Ensuite Loupe s’en passe.',
  'access.noAccess.title': 'Ce compte ne voit pas de données de patients',
  'access.noAccess.why': '{person} est connecté à {practice} avec un rôle sans données de patients ({roles}).',
  'access.noAccess.unsent':
    'Les décisions non envoyées prises sur cet ordinateur y restent chiffrées. Un administrateur du cabinet qui se connecte ici peut les exporter sous Réglages, Travail non envoyé.',
  'access.noAccess.do': 'Si vous devez voir des scans, demandez à l’administrateur de changer votre rôle.',
  'access.signOut': 'Se déconnecter',
  'role.clinician': 'praticien',
  'role.staff': 'accueil',
  'role.practice_admin': 'administration du cabinet',
  'role.it_admin': 'administration informatique',
  'role.auditor': 'audit',
} as const
