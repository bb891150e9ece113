export const withdraw = {
  'command.review.withdraw': 'Diesen Scan zurückziehen',
  'withdraw.title': 'Einen Scan zurückziehen',
  'withdraw.whose': '{name}, Scan vom {day}',
  'withdraw.what':
    'Für Fotos, die nicht hierher gehören: von einem anderen Patienten oder von jemandem, der keiner ist. Der Scan verschwindet von allen Computern der Praxis, mit seinen Befunden, Fragen und Entscheidungen.',
  'withdraw.kept':
    'Was dem Patienten schon mitgeteilt wurde, bleibt mitgeteilt. Der Server der Praxis hebt Fotos und Entscheidungen als Aufzeichnung auf, mit Ihrem Namen, der Zeit und Ihrem Grund; gezeigt werden sie niemandem mehr. Von hier lässt er sich nicht zurückholen.',
  'withdraw.needsServer': 'Dafür wird der Server gebraucht, und er ist gerade nicht verbunden.',
  'withdraw.reason': 'Warum er zurückgezogen wird',
  'withdraw.sure': 'Diese Fotos gehören nicht in die Akte von {name}',
  'withdraw.submit': 'Scan zurückziehen',
  'withdraw.busy': 'Der Server wird gefragt',
  'withdraw.failed': 'Es wurde nichts zurückgezogen.',
  'withdraw.done': 'Sie haben diesen Scan zurückgezogen',
  'withdraw.doneHelp':
    'Er verschwindet von allen Computern der Praxis. Entscheidungen dazu, die noch nicht abgegangen sind, stehen dann unter „Braucht Beachtung“.',
  'withdraw.next': 'Nächster Scan',
  'withdraw.perhaps': 'Die Praxis hat ihn zurückgezogen, oder er ist noch nicht angekommen.',
} as const
