export const attention = {
  'attention.title': 'Braucht Beachtung',
  'attention.about':
    'Ihre Änderungen, die der Server nicht so ausgeführt hat, wie Sie entschieden haben. Jede bleibt hier, bis Sie sie erledigen.',
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
  'attention.status.stale': 'wartet seit über 24 Stunden, nicht gesendet',
  'attention.scanOf': 'Scan vom {day}',
  'attention.why': 'Was geschehen ist',
  'attention.todo': 'Was Sie tun können',
  'attention.yours': 'Was Sie entschieden haben',
  'attention.yoursLost': 'Was Ihre Entscheidung bewirkt hätte',
  'attention.stands': 'Was gilt',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'Sie, {when}',
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
  'attention.reason.lostMine':
    'Eine frühere Entscheidung von Ihnen für diesen Scan wurde schon ausgeführt. Ihr Befund steht in der Akte; diese Maßnahme wurde als das festgehalten, was Sie getan hätten.',
  'attention.advice.retry':
    'Versuchen Sie es erneut, wenn der Grund entfallen sein kann, oder öffnen Sie den Scan und entscheiden Sie neu. Ist es nicht mehr wichtig, verwerfen Sie es mit einem Grund.',
  'attention.advice.noRetry':
    'Erneut gesendet würde es wieder abgelehnt. Öffnen Sie den Scan, entscheiden Sie neu und verwerfen Sie dann dies mit einem Grund.',
  'attention.advice.noScan':
    'Hier ist kein Scan, über den zu entscheiden wäre. Er kommt mit der nächsten Synchronisierung zurück, wenn die Praxis ihn noch hat. Ist es nicht mehr wichtig, verwerfen Sie dies mit einem Grund.',
  'attention.advice.lost':
    'Öffnen Sie den Scan, wenn Sie anderer Meinung sind: Beide Befunde stehen dort nebeneinander. Sonst merken Sie dies als gesehen.',
  'attention.discardTitle': 'Diese Änderung verwerfen',
  'attention.discardWhy': 'Warum',
  'attention.discardHelp': 'Bleibt auf diesem Computer, mit der Änderung, Ihrem Namen und der Zeit.',
  'attention.seenTitle': 'Als gesehen merken',
  'attention.seenWhy': 'Bemerkung (freiwillig)',
  'attention.discard': 'Verwerfen',
  'attention.seen': 'Gesehen',
  'attention.open': 'Scan öffnen',
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
} as const
