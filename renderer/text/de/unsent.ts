export const unsent = {
  'unsent.title': 'Ungesendetes',
  'unsent.about':
    'Ihre Änderungen, die der Server noch nicht hat, und ein Ausweg, falls dieser Rechner sie nicht senden kann.',
  'unsent.waiting':
    '{count, plural, one {# Ihrer Änderungen wartet darauf, gesendet zu werden} other {# Ihrer Änderungen warten darauf, gesendet zu werden}}',
  'unsent.waitingHelp': 'Sie werden von selbst gesendet, sobald der Server diesen Rechner zulässt.',
  'unsent.nothing': 'Nichts wartet',
  'unsent.nothingHelp': 'Alles, was Sie auf diesem Rechner entschieden haben, ist auf dem Server.',
  'unsent.export': 'Ungesendetes exportieren …',
  'unsent.exportTitle': 'Ungesendetes exportieren',
  'unsent.exportWhat':
    'Sie erhalten eine Datei mit Ihren ungesendeten Änderungen, mit einer Passphrase verschlüsselt. Geben Sie sie der Praxisverwaltung; diese importiert sie in Loupe auf einem Rechner, der den Server erreicht. Nennen Sie die Passphrase auf anderem Weg: persönlich oder am Telefon, nicht neben der Datei.',
  'unsent.exportSafe':
    'Hier wird nichts entfernt. Kann dieser Rechner wieder senden, tut er es; jede Änderung kommt genau einmal an, gleich auf welchem Weg zuerst. Was in der Datei steht, lässt sich hier nicht mehr zurücknehmen, nur noch korrigieren.',
  'unsent.passphrase': 'Passphrase der Datei',
  'unsent.again': 'Noch einmal dieselbe',
  'unsent.tooShort': 'Mindestens 12 Zeichen. Vier Wörter ohne Zusammenhang merkt man sich leicht.',
  'unsent.exportSubmit': 'Datei speichern',
  'unsent.exporting': 'Wird verschlüsselt',
  'unsent.exported':
    '{count, plural, one {# Änderung steht} other {# Änderungen stehen}} in der Datei {name}. Hier wurde nichts entfernt.',
  'unsent.reportsLeft':
    '{count, plural, one {# Bericht über angezeigte Fotos hatte} other {# Berichte über angezeigte Fotos hatten}} darin keinen Platz und {count, plural, one {wartet} other {warten}} hier.',
  'unsent.othersTitle': 'Ungesendetes von anderen auf diesem Computer',
  'unsent.othersWhat':
    'Für jemanden, der sich hier nicht mehr anmelden kann oder dessen Rolle sich geändert hat. Es bleibt das der Person: eingelesen wird es in ihrem Namen ausgeführt, mit der Rolle, die sie dann hat.',
  'unsent.othersCount': '{count, plural, one {# Änderung} other {# Änderungen}}',
  'unsent.exportOf': 'Exportieren…',
  'unsent.exportTitleOf': 'Ungesendetes von {name} exportieren',
  'unsent.exportWhatOf':
    'Sie erhalten eine Datei mit den ungesendeten Änderungen von {name}, verschlüsselt mit einer Passphrase. Die Praxisverwaltung liest sie in Loupe auf einem Computer ein, der den Server erreicht.',
  'unsent.somebody': 'Jemand, der hier nicht bekannt ist',
  'unsent.importTitle': 'Ungesendetes eines Kollegen importieren',
  'unsent.import': 'Ungesendetes eines Kollegen importieren …',
  'unsent.importOpen': 'Datei öffnen …',
  'unsent.importWhat':
    'Für eine Datei, die jemand in Loupe exportiert hat, weil der eigene Rechner nicht senden konnte. Sie sehen, was darin ist, bevor etwas gesendet wird. Die Änderungen bleiben die der Person und tragen ihren Namen.',
  'unsent.file': 'Datei',
  'unsent.chooseFile': 'Datei wählen',
  'unsent.noFile': 'Keine Datei gewählt',
  'unsent.read': 'Datei öffnen',
  'unsent.reading': 'Wird geöffnet',
  'unsent.tooLarge': 'Größer als 64 MB: Das ist kein Export von Ungesendetem.',
  'unsent.summary': 'In dieser Datei',
  'unsent.author': 'Erstellt von',
  'unsent.practice': 'Praxis',
  'unsent.exportedAt': 'Exportiert',
  'unsent.count': 'Änderungen',
  'unsent.stale': 'Anweisungen an Patienten, älter als 24 Stunden',
  'unsent.staleWhy':
    'Was damals richtig war, kann jetzt falsch sein. Fragen Sie {author} nach jeder einzelnen. Ohne Ihr Häkchen bleiben sie draußen, und alles andere wird gesendet.',
  'unsent.confirmStale':
    '{count, plural, one {Diese alte Anweisung ist} other {Diese # alten Anweisungen sind}} mit {author} geprüft',
  'unsent.importSubmit': '{count, plural, one {# Änderung senden} other {# Änderungen senden}}',
  'unsent.importing': 'Wird an den Server gesendet',
  'unsent.result': 'Fertig',
  'unsent.applied': 'Ausgeführt',
  'unsent.appliedWhy': 'Auf dem Server, im Namen von {author}. Was schon dort war, zählt mit.',
  'unsent.refused': 'Abgelehnt',
  'unsent.refusedWhy':
    'Auf dem Server für {author} aufgehoben. Jede steht hier unter „Braucht Beachtung“, mit ihrem Grund und dem, was {author} wollte.',
  'unsent.seeRefused': 'Ansehen',
  'unsent.leftOut': 'Ausgelassen',
  'unsent.leftOutWhy':
    'Alte Anweisungen ohne Ihr Häkchen. Sie stehen weiter in der Datei und auf dem Rechner von {author}.',
  'unsent.another': 'Weitere Datei',
  'unsent.notSent': 'Es wurde nichts gesendet: {why}',
  'unsent.importBroken': 'Es brach ab: {why} Senden Sie es noch einmal; was ankam, wird nicht doppelt.',
  'command.goUnsent': 'Zum Ungesendeten',
} as const
