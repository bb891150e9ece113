export const attentionPractice = {
  'attention.about.rules': 'Regeln der Praxis',
  'attention.about.goal': 'Behandlungsziel',
  'attention.about.question': 'Frage an eine Kollegin oder einen Kollegen',
  'attention.about.answer': 'Antwort auf eine Frage',
  'attention.anyClinician': 'An alle Behandler',
  'attention.question': 'Frage',
  'attention.questionGone': 'Die Frage ist nicht mehr da.',
  'attention.yourAnswer': 'Ihre Antwort',
  'attention.change.none': 'keine Angabe',
  'attention.reason.rules.stale':
    'Eine Kollegin oder ein Kollege hat dieselbe Regel zuerst geändert. Von Ihrer Änderung gilt nichts.',
  'attention.reason.goal.stale':
    'Eine Kollegin oder ein Kollege hat dasselbe Ziel zuerst geändert. Von Ihrer Änderung steht nichts in der Akte.',
  'attention.reason.question.answered':
    'Eine Kollegin oder ein Kollege hat diese Frage zuerst beantwortet. Deren Antwort gilt; Ihre steht nicht in der Akte.',
  'attention.reason.practice.denied': 'Als dies ankam, durfte Ihr Konto das nicht. Nichts davon steht in der Akte.',
  'attention.reason.practice.gone':
    'Worum es geht, war nicht auf dem Server, als dies ankam. Nichts davon steht in der Akte.',
  'attention.reason.practice.withdrawn':
    'Die Praxis hat den Scan zurückgezogen, bevor dies ankam. Nichts davon steht in der Akte.',
  'attention.advice.practice':
    'Schicken Sie Ihres trotzdem, ändern Sie es zuerst, oder verwerfen Sie es mit einem Grund.',
  'attention.advice.practiceGone': 'Es lässt sich von hier nicht noch einmal senden. Verwerfen Sie es mit einem Grund.',
  'attention.advice.rules':
    'Setzen Sie Ihre Werte trotzdem. Andere Werte wählen Sie auf der Seite der Regeln selbst; verwerfen Sie dies danach mit einem Grund.',
  'attention.advice.answered':
    'Eine Antwort schließt eine Frage, und diese gilt. Wenn Ihre etwas hinzufügt, öffnen Sie den Scan und fragen oder notieren Sie es dort; verwerfen Sie dies danach mit einem Grund.',
  'attention.advice.practiceEdit':
    'Unverändert noch einmal gesendet würde es wieder abgelehnt. Ändern Sie es und senden Sie das, oder verwerfen Sie es mit einem Grund.',
  'attention.editText': 'Ändern und senden',
  'attention.resent': 'So eingereiht, wie Sie es geändert haben. Es wird von selbst gesendet.',
  'attention.change.anew': 'Es öffnet sich mit dem, was Sie wollten, und baut auf dem auf, was jetzt gilt.',
  'attention.brought.of': 'Ungesendetes von {author}, von Ihnen eingelesen',
  'attention.brought.why': 'Antwort des Servers an {author}: „{reason}“',
  'attention.brought.advice':
    'Nur {author} kann dies noch einmal senden. Sagen Sie Bescheid, oder öffnen Sie den Scan und entscheiden Sie selbst; merken Sie es dann als gesehen. Der Server hebt es für {author} auf.',
  'attention.brought.adviceNoScan':
    'Nur {author} kann dies noch einmal senden. Sagen Sie Bescheid; merken Sie es dann als gesehen. Der Server hebt es für {author} auf.',
  'attention.brought.wanted': '{author} wollte',
  'attention.brought.decided': 'Was {author} entschieden hat',
  'attention.brought.answer': 'Antwort von {author}',
  'attention.wanted.details': 'Einzelheiten',
  'attention.wanted.for': 'Sollte',
  'attention.wanted.replaces': 'einen früheren Befund derselben Person ersetzen',
  'attention.wanted.settles': 'zwei abweichende Befunde entscheiden',
  'attention.wanted.second': 'ein blinder Zweitbefund sein',
  'ask.notHere': 'Jemand, der nicht mehr hier ist',
  'attention.reason.read.second-read-invalid':
    'Diesen Zweitbefund hat zuerst jemand anderes erstellt, oder er wird nicht mehr verlangt. Nichts davon steht in der Akte.',
  'attention.advice.secondRead':
    'Zweitbefunde messen, wie einig sich die Praxis ist; dem Patienten fehlt nichts. Verwerfen Sie dies mit einem Grund.',
} as const
