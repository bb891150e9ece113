export const agreement = {
  'agreement.title': 'Übereinstimmung',
  'agreement.about': 'Wie ähnlich derselbe Scan zweimal befundet wird, aus blinden Zweitbefunden.',
  'agreement.kappaMeans':
    'Das gewichtete Kappa ist 1, wenn beide Befunde immer gleich sind, und 0, wenn sie nicht öfter übereinstimmen als durch Zufall; zwei Stufen Abstand zählen viermal so viel wie eine.',
  'agreement.range': 'Zeitraum',
  'agreement.days30': '30 Tage',
  'agreement.days90': '90 Tage',
  'agreement.days365': 'Ein Jahr',
  'agreement.fromTo': '{from} bis {to}',
  'agreement.drawn':
    '{count, plural, one {# Scan wurde in dieser Zeit gezogen} other {# Scans wurden in dieser Zeit gezogen}}',
  'agreement.waiting': '{count, plural, one {# wartet auf den Zweitbefund} other {# warten auf den Zweitbefund}}',
  'agreement.between': 'Zwischen zwei Personen',
  'agreement.within': 'Dieselbe Person, mindestens einen Tag später',
  'agreement.kappa': 'Kappa {value}',
  'agreement.interval': '95 % zwischen {low} und {high}',
  'agreement.pairs': '{count, plural, one {# Paar} other {# Paare}}',
  'agreement.tooFew': 'zu wenige Paare',
  'agreement.allSame': 'alle Befunde sagen dasselbe',
  'agreement.firstRead': 'Erstbefund',
  'agreement.secondRead': 'Zweitbefund',
  'agreement.emptyTitle': 'Zu wenige Zweitbefunde in dieser Zeit',
  'agreement.emptyHelp':
    'Die Übereinstimmung wird ab zwei Paaren gezeigt. Der Anteil der Zweitbefunde wird unter Praxis eingestellt.',
  'agreement.failed': 'Die Übereinstimmung konnte nicht berechnet werden.',
} as const
