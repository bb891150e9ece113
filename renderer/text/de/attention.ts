export const attention = {
  'attention.title': 'Braucht Beachtung',
  'attention.about':
    'Ihre Änderungen, die nicht so ausgeführt wurden, wie Sie entschieden haben, oder die auf Ihr Wort warten. Jede bleibt hier, bis Sie sie erledigen.',
  'attention.list': 'Änderungen',
  'attention.count': '{count, plural, one {# Änderung} other {# Änderungen}}',
  'attention.empty': 'Nichts braucht Ihre Beachtung',
  'attention.emptyHelp':
    'Lehnt der Server eine Ihrer Änderungen ab oder kommt die Entscheidung einer anderen Person zuvor, finden Sie es hier mit dem Grund.',
  'attention.failed': 'Diese Liste konnte nicht aus dem Speicher dieses Computers gelesen werden.',
  'attention.failedSafe': 'Nichts ist verloren.',
  'attention.position': '{index} von {total}: {name}',
  'attention.noScan': 'Scan nicht auf diesem Computer',
  'attention.status.rejected': 'nicht angenommen',
  'attention.status.parked': 'vom Server zurückgestellt',
  'attention.status.lost': 'andere Entscheidung kam zuvor',
  'attention.status.corrected': 'berichtigt',
  'attention.status.stale': 'über 24 Stunden alt, wartet auf Ihr Wort',
  'attention.scanOf': 'Scan vom {day}',
  'attention.why': 'Was geschehen ist',
  'attention.todo': 'Was Sie tun können',
  'attention.yours': 'Was Sie entschieden haben',
  'attention.yoursLost': 'Was Ihre Entscheidung bewirkt hätte',
  'attention.stands': 'Was gilt',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'Sie, {when}',
  'attention.because': 'Grund: {reason}',
  'attention.someone': 'Eine andere Person',
  'attention.notRecorded': 'noch nicht bestätigt',
  'attention.nothingStands': 'Für diesen Scan gilt keine Entscheidung für den Patienten.',
  'attention.unreadable': 'Diese Änderung stammt aus einer anderen Version von Loupe, die sie noch anzeigen kann.',
  'attention.decidedAt': 'Entschieden {when}',
  'attention.answeredAt': 'Beantwortet {when}',
  'attention.noScores': 'keine Bewertung',
  'attention.note': 'Notiz',
  'attention.do.approve_progression': 'Freigeben, weiter mit Aligner {stage}',
  'attention.do.hold_aligner':
    '{count, plural, one {Diesen Aligner # Tag halten} other {Diesen Aligner # Tage halten}}',
  'attention.do.request_retake': 'Um neue Fotos bitten: {views}',
  'attention.do.message_patient': 'Nachricht an den Patienten: „{text}“',
  'attention.do.schedule_appointment':
    '{count, plural, one {Termin innerhalb von # Tag} other {Termin innerhalb von # Tagen}}',
  'attention.do.refer': 'Überweisen: {reason}',
  'attention.do.none': 'Nichts für den Patienten zu tun',
  'attention.reason.auth.denied':
    'Als dies ankam, durfte Ihr Konto über diesen Scan nicht entscheiden. Nichts davon steht in der Akte.',
  'attention.reason.input.invalid':
    'Der Server konnte diese Entscheidung nicht lesen. Das geschieht, wenn dieser Computer und der Server verschiedene Versionen von Loupe haben. Nichts davon steht in der Akte.',
  'attention.reason.input.too-large':
    'Diese Entscheidung ist länger, als der Server annimmt. Nichts davon steht in der Akte.',
  'attention.reason.not-found':
    'Der Server hatte diesen Scan nicht, als Ihre Entscheidung ankam: Er wurde zurückgezogen oder war noch nicht veröffentlicht. Nichts davon steht in der Akte.',
  'attention.reason.conflict.exists':
    'Der Server hat unter derselben Nummer einen anderen Befund. Nichts von diesem steht in der Akte.',
  'attention.reason.read.version-unknown':
    'Ihr Befund nennt eine Version dieses Scans, die der Server nicht hat. Nichts davon steht in der Akte.',
  'attention.reason.read.fit-without-aligners':
    'Der Befund bewertet den Sitz des Aligners und sagt zugleich, dass keiner im Mund war. Nichts davon steht in der Akte.',
  'attention.reason.read.supersede-foreign':
    'Der Befund sollte einen früheren ersetzen, der nicht von Ihnen ist oder den Server nie erreicht hat. Nichts davon steht in der Akte.',
  'attention.reason.read.adjudication-invalid':
    'Der Befund sollte über zwei andere entscheiden, die nicht mehr als zwei Befunde zweier Personen gelten. Nichts davon steht in der Akte.',
  'attention.reason.unknown':
    'Der Server hat dies aus einem Grund abgelehnt, den diese Version von Loupe nicht kennt. Nichts davon steht in der Akte.',
  'attention.reason.lost':
    'Die Entscheidung einer anderen Person für diesen Patienten erreichte den Server zuerst und wurde ausgeführt. Ihr Befund steht in der Akte; Ihre Maßnahme wurde als das festgehalten, was Sie getan hätten.',
  'attention.reason.corrected':
    'Wer über zwei Befunde zu diesem Scan entschied, hat eine andere Maßnahme an die Stelle Ihrer gesetzt, die den Server schon erreicht hatte. Ihr Befund und Ihre Maßnahme stehen weiter in der Akte.',
  'attention.reason.lostMine':
    'Eine frühere Entscheidung von Ihnen für diesen Scan wurde schon ausgeführt. Ihr Befund steht in der Akte; diese Maßnahme wurde als das festgehalten, was Sie getan hätten.',
  'attention.reason.lostCorrection':
    'Was hiermit berichtigt wird, galt nicht mehr, als die Berichtigung beim Server ankam: Eine andere Maßnahme war schneller. Ihr Befund steht in der Akte; diese Maßnahme wurde als das festgehalten, was Sie getan hätten.',
  'attention.reason.read.correction-invalid':
    'Die Maßnahme, die hiermit berichtigt werden sollte, ist nicht Ihre, und der Befund entscheidet nicht zwischen zwei anderen. Nichts davon steht in der Akte.',
  'attention.advice.lostCorrection':
    'Sind Sie weiter anderer Ansicht, öffnen Sie den Scan und berichtigen Sie, was jetzt gilt, wenn es von Ihnen ist. Sonst als gesehen markieren.',
  'attention.advice.retry':
    'Versuchen Sie es erneut, wenn der Grund entfallen sein kann, oder öffnen Sie den Scan und entscheiden Sie neu. Ist es nicht mehr wichtig, verwerfen Sie es mit einem Grund.',
  'attention.advice.noRetry':
    'Erneut gesendet würde es wieder abgelehnt. Öffnen Sie den Scan, entscheiden Sie neu und verwerfen Sie dann dies mit einem Grund.',
  'attention.advice.noScan':
    'Hier ist kein Scan, über den zu entscheiden wäre. Er kommt mit der nächsten Synchronisierung zurück, wenn die Praxis ihn noch hat. Ist es nicht mehr wichtig, verwerfen Sie dies mit einem Grund.',
  'attention.advice.lost':
    'Öffnen Sie den Scan, wenn Sie anderer Meinung sind: Beide Befunde stehen dort nebeneinander. Sonst merken Sie dies als gesehen.',
  'attention.advice.corrected':
    'Öffnen Sie den Scan, um die Befunde und was jetzt gilt zu sehen. Sind Sie anderer Meinung, sprechen Sie mit dieser Person; sonst merken Sie dies als gesehen.',
  'attention.discardTitle': 'Diese Änderung verwerfen',
  'attention.discardWhy': 'Warum',
  'attention.discardHelp': 'Bleibt auf diesem Computer, mit der Änderung, Ihrem Namen und der Zeit.',
  'attention.seenTitle': 'Als gesehen merken',
  'attention.seenWhy': 'Bemerkung (freiwillig)',
  'attention.discard': 'Verwerfen',
  'attention.seen': 'Gesehen',
  'attention.open': 'Scan öffnen',
  'attention.openRules': 'Regeln der Praxis öffnen',
  'attention.retry': 'Erneut versuchen',
  'attention.retried': 'Wieder eingereiht. Es wird von selbst gesendet.',
  'attention.discarded': 'Verworfen. Der Grund bleibt auf diesem Computer.',
  'attention.wasSeen': 'Als gesehen gemerkt.',
  'attention.notDone': 'Das ging nicht: {why} Die Änderung ist noch hier.',
  'command.goAttention': 'Zu „Braucht Beachtung“',
  'command.attention.next': 'Nächste Änderung',
  'command.attention.previous': 'Vorige Änderung',
  'command.attention.first': 'Erste Änderung',
  'command.attention.last': 'Letzte Änderung',
  'command.attention.open': 'Scan öffnen',
  'command.attention.retry': 'Erneut versuchen',
  'command.attention.discard': 'Verwerfen oder als gesehen merken',
  'command.attention.send': 'Bestätigen',
  'command.attention.close': 'Formular verlassen',
  'nav.attention': 'Beachten',
  'help.attention': 'Braucht Beachtung',
  'attention.reason.stale':
    'Entschieden {when}, vor {age}, und vom Server nicht bestätigt. Nach mehr als 24 Stunden wird eine Anweisung an Patienten nur gesendet, wenn Sie es sagen.',
  'attention.reason.session.withdrawn':
    'Die Praxis hat diesen Scan zurückgezogen, bevor Ihre Entscheidung ankam. Nichts davon steht in der Akte, und die Fotos sind nicht mehr auf diesem Computer.',
  'attention.reason.patient.stale':
    'Eine andere Person hat dasselbe Feld zuerst geändert. Nichts von Ihrer Änderung steht in der Akte.',
  'attention.reason.patient.denied':
    'Als dies ankam, durfte Ihr Konto Patientendaten nicht ändern. Nichts davon steht in der Akte.',
  'attention.reason.patient.gone':
    'Der Server hatte diesen Patienten nicht, als Ihre Änderung ankam. Nichts davon steht in der Akte.',
  'attention.reason.patient.exists':
    'Ein anderer Patient hat diese Referenz schon. Nichts von Ihrer Änderung steht in der Akte.',
  'attention.advice.stale':
    'Lesen Sie es, als wäre es neu. Ist es noch richtig, senden Sie es jetzt. Ist es das nicht, senden Sie es nicht; öffnen Sie den Scan und entscheiden Sie neu.',
  'attention.advice.withdrawn':
    'Es gibt nichts mehr zu entscheiden. Muss der Patient von Ihnen hören, nehmen Sie selbst Kontakt auf; dann verwerfen Sie dies mit einem Grund.',
  'attention.advice.patient':
    'Setzen Sie Ihre Werte trotzdem, ändern Sie sie vorher, oder behalten Sie, was jetzt gilt.',
  'attention.advice.patientGone':
    'Von hier aus lässt es sich nicht setzen. Behalten Sie, was jetzt gilt, mit einem Grund.',
  'attention.noPatient': 'Patient nicht auf diesem Computer',
  'attention.patientDetails': 'Patientendaten',
  'attention.since': 'Was seither geschehen ist, soweit dieser Computer weiß',
  'attention.since.won':
    '{name} hat inzwischen für den Patienten entschieden: {action}. Das gilt; jetzt gesendet, wird Ihre Anweisung als das festgehalten, was Sie getan hätten, und erreicht den Patienten nicht.',
  'attention.since.mine':
    'Inzwischen wurde eine andere Entscheidung von Ihnen ausgeführt: {action}. Das gilt; jetzt gesendet, wird diese als das festgehalten, was Sie getan hätten, und erreicht den Patienten nicht.',
  'attention.since.corrects':
    'Was hiermit berichtigt wird, gilt noch für den Patienten: {action}. Jetzt gesendet, tritt diese Maßnahme an ihre Stelle.',
  'attention.since.scan': 'Ein neuerer Scan dieses Patienten ist gekommen, vom {day}: {state}.',
  'attention.since.nothing': 'Kein neuerer Scan dieses Patienten und keine andere Maßnahme zu diesem.',
  'attention.since.offline': 'Dieser Computer ist nicht verbunden: Es kann mehr geben, was er noch nicht weiß.',
  'attention.sendNow': 'Jetzt senden',
  'attention.doNotSend': 'Nicht senden',
  'attention.doNotSendTitle': 'Dies nicht senden',
  'attention.doNotSendHelp': 'Ihr Befund zu diesem Scan geht mit: Der Scan wartet wieder auf einen Befund.',
  'attention.confirmTitle': 'Dies jetzt an {name} senden',
  'attention.confirmAge': 'Vor {age} entschieden.',
  'attention.confirmed': 'Freigegeben. Es wird von selbst gesendet.',
  'attention.notSent': 'Nicht gesendet. Der Grund wird aufbewahrt.',
  'attention.keepTheirs': 'Deren Werte behalten',
  'attention.keepTheirsTitle': 'Behalten, was jetzt gilt',
  'attention.keptTheirs': 'Bleibt, wie es ist. Der Grund wird aufbewahrt.',
  'attention.setMine': 'Meine Werte setzen',
  'attention.setMineDone': 'Ihre Werte sind hier gesetzt und werden von selbst gesendet.',
  'attention.edit': 'Neu entscheiden',
  'attention.editChange': 'Ändern und setzen',
  'attention.replaced': 'Ihre neuen Werte sind hier gesetzt und werden von selbst gesendet.',
  'attention.replaces':
    'Ihre Entscheidung tritt an die Stelle einer, die nicht angenommen wurde: {action}, entschieden {when}.',
  'attention.change.table': 'Felder dieser Änderung',
  'attention.change.field': 'Feld',
  'attention.change.was': 'Vorher',
  'attention.change.wanted': 'Ihr Wert',
  'attention.change.now': 'Jetzt',
  'attention.change.moved': 'inzwischen geändert',
  'attention.change.asWanted': 'wie von Ihnen gewollt',
  'attention.change.unknown': 'hier nicht bekannt',
  'attention.change.edit': 'Die Felder zeigen, was Sie wollten. Gesetzt wird, was von dem abweicht, was jetzt gilt.',
  'attention.change.save': 'So setzen',
  'attention.waiting':
    '{count, plural, one {# Anweisung an Patienten wartet seit über 24 Stunden. Sehen Sie sie an, bevor sie gesendet wird.} other {# Anweisungen an Patienten warten seit über 24 Stunden. Sehen Sie sie an, bevor sie gesendet werden.}}',
  'attention.lookAtThem': '{count, plural, one {Ansehen} other {Ansehen}}',
  'command.attention.edit': 'Neu entscheiden oder ändern',
  'command.attention.confirm': 'Alte Anweisung senden',
} as const
