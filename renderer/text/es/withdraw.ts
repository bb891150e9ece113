export const withdraw = {
  'command.review.withdraw': 'Retirar este escaneo',
  'withdraw.title': 'Retirar un escaneo',
  'withdraw.whose': '{name}, escaneo del {day}',
  'withdraw.what':
    'Para fotos que no deberían estar aquí: de otro paciente, o de alguien que no lo es. El escaneo desaparece de todos los equipos de la consulta, con sus lecturas, preguntas y decisiones.',
  'withdraw.kept':
    'Lo que ya se dijo al paciente, dicho queda. El servidor de la consulta conserva fotos y decisiones como constancia, con su nombre, la hora y su motivo; no se muestran a nadie más. Desde aquí no se puede recuperar.',
  'withdraw.needsServer': 'Esto necesita el servidor, y ahora no hay conexión.',
  'withdraw.reason': 'Por qué se retira',
  'withdraw.sure': 'Estas fotos no pertenecen al historial de {name}',
  'withdraw.submit': 'Retirar el escaneo',
  'withdraw.busy': 'Preguntando al servidor',
  'withdraw.failed': 'No se ha retirado nada.',
  'withdraw.done': 'Ha retirado este escaneo',
  'withdraw.doneHelp':
    'Desaparece de todos los equipos de la consulta. Las decisiones sobre él que aún no han salido vuelven en «Requiere atención».',
  'withdraw.next': 'Escaneo siguiente',
  'withdraw.perhaps': 'La consulta lo ha retirado, o todavía no ha llegado.',
} as const
