export const notices = {
  'notice.list': 'Hinweise',
  'notice.none': 'Es gibt nichts zu melden: Alles funktioniert.',
  'notice.dismiss': 'Diesen Hinweis ausblenden',
  'notice.export': 'Ungesendetes exportieren',
  'notice.storage': 'Speicher öffnen',
  'notice.syncNow': 'Jetzt versuchen',
  'notice.read-only.title': 'Ordner schreibgeschützt',
  'notice.read-only.say':
    'Loupe darf auf diesem Rechner nicht in seinen Ordner schreiben: Eine neue Entscheidung lässt sich womöglich nicht sichern; dann erfahren Sie es sofort. Was vorher entschieden wurde, ist sicher. Fragen Sie Ihre IT.',
  'notice.disk-full.title': 'Festplatte voll',
  'notice.disk-full.say':
    'Die Festplatte dieses Rechners ist voll: Neues kommt nicht an, und eine neue Entscheidung lässt sich womöglich nicht sichern; dann erfahren Sie es sofort. Was vorher entschieden wurde, ist sicher. Schaffen Sie Platz.',
  'notice.certificate.title': 'Server nicht vertrauenswürdig',
  'notice.certificate.say':
    'Dem Zertifikat des Servers vertraut dieser Rechner nicht. Es wurde nichts gesendet. Sie können weiterarbeiten: Entscheidungen bleiben hier erhalten. Prüfen Sie das Datum dieses Rechners, oder fragen Sie Ihre IT.',
  'notice.too-old.title': 'Loupe ist zu alt',
  'notice.too-old.say':
    'Diese Version von Loupe ist zu alt für den Server Ihrer Praxis. Ihre Entscheidungen bleiben erhalten und werden weiter gesendet, aber Neues kommt nicht mehr an. Aktualisieren Sie Loupe oder fragen Sie Ihre IT.',
  'notice.server-too-old.title': 'Server ist zu alt',
  'notice.server-too-old.say':
    'Diese Version von Loupe ist neuer als der Server Ihrer Praxis. Ihre Entscheidungen bleiben hier erhalten und werden gesendet, sobald der Server aktualisiert ist. Sagen Sie es Ihrer IT.',
  'notice.signed-out.title': 'Anmeldung abgelaufen',
  'notice.refused.title': 'Der Server lehnt ab',
  'notice.not-loupe.title': 'Etwas anderes antwortet',
  'notice.not-loupe.say':
    'Anstelle des Servers antwortet etwas anderes: ein Proxy oder die Anmeldeseite dieses Netzes. Ihre Entscheidungen bleiben hier erhalten. Melden Sie sich im Netz an oder fragen Sie Ihre IT.',
  'notice.low-disk.title': 'Wenig Speicherplatz',
  'notice.low-disk.say':
    'Auf diesem Rechner sind weniger als 500 MB frei: Fotos werden nicht mehr behalten, Entscheidungen weiterhin. Schaffen Sie Platz.',
  'notice.clock.title': 'Uhr geht falsch',
  'notice.clock.behind':
    'Die Uhr dieses Rechners geht {span} nach. Um so viel sind die Zeiten hier falsch; Entscheidungen werden gesichert, und der Server bringt sie in die richtige Reihenfolge. Stellen Sie die Uhr oder fragen Sie Ihre IT.',
  'notice.clock.ahead':
    'Die Uhr dieses Rechners geht {span} vor. Um so viel sind die Zeiten hier falsch; Entscheidungen werden gesichert, und der Server bringt sie in die richtige Reihenfolge. Stellen Sie die Uhr oder fragen Sie Ihre IT.',
  'notice.silent.title': 'Server antwortet nicht',
  'notice.silent.say':
    'Der Server antwortet nicht. Sie können weiterarbeiten: Entscheidungen bleiben hier und werden gesendet, sobald er antwortet.',
  'firstCopy.title': 'Erste Kopie der Praxis',
  'firstCopy.emptyTitle': 'Die Praxis wird auf diesen Rechner kopiert',
  'firstCopy.emptyHelp': 'Scans erscheinen hier von selbst; beginnen Sie mit dem ersten.',
  'firstCopy.rows': '{done} von {total} Einträgen',
  'firstCopy.rowsOnly': '{count, plural, one {# Eintrag} other {# Einträge}}',
  'firstCopy.photos': '{count, plural, one {# Foto fehlt noch} other {# Fotos fehlen noch}}',
  'firstCopy.left': 'noch etwa {span}',
  'firstCopy.leftLittle': 'noch weniger als eine Minute',
  'firstCopy.usable': 'Was schon hier ist, können Sie benutzen.',
  'firstCopy.paused': 'Angehalten: Geht hier weiter, sobald der Server wieder da ist.',
  'status.connecting': 'Verbindet sich',
  'status.copying': 'Praxis wird kopiert, {part}',
  'status.confirm': '{count, plural, one {# zu bestätigen} other {# zu bestätigen}}',
  'command.notices': 'Hinweise zeigen',
} as const
