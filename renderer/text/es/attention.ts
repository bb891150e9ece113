export const attention = {
  'attention.title': 'Requiere atención',
  'attention.about':
    'Cambios suyos que el servidor no ejecutó como usted decidió. Cada uno sigue aquí hasta que usted lo resuelva.',
  'attention.list': 'Cambios',
  'attention.count': '{count, plural, one {# cambio} other {# cambios}}',
  'attention.empty': 'Nada requiere su atención',
  'attention.emptyHelp':
    'Si el servidor rechaza un cambio suyo, o la decisión de un colega llega antes, lo encuentra aquí con el motivo.',
  'attention.failed': 'No se pudo leer esta lista del almacén de este equipo.',
  'attention.failedSafe': 'No se ha perdido nada.',
  'attention.position': '{index} de {total}: {name}',
  'attention.noScan': 'El escaneo no está en este equipo',
  'attention.status.rejected': 'no aceptado',
  'attention.status.parked': 'apartado por el servidor',
  'attention.status.lost': 'otra decisión llegó antes',
  'attention.status.stale': 'en espera más de 24 horas, no enviado',
  'attention.scanOf': 'Escaneo del {day}',
  'attention.why': 'Qué ha pasado',
  'attention.todo': 'Qué puede hacer',
  'attention.yours': 'Lo que usted decidió',
  'attention.yoursLost': 'Lo que la suya habría hecho',
  'attention.stands': 'Lo que vale',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'Usted, {when}',
  'attention.someone': 'Un colega',
  'attention.notRecorded': 'aún sin confirmar',
  'attention.nothingStands': 'En este escaneo no vale ninguna decisión para el paciente.',
  'attention.unreadable': 'Este cambio es de otra versión de Loupe, que aún puede mostrarlo.',
  'attention.decidedAt': 'Decidido {when}',
  'attention.answeredAt': 'Respuesta {when}',
  'attention.noScores': 'sin valoración',
  'attention.note': 'Nota',
  'attention.do.approve_progression': 'Aprobar, pasar al alineador {stage}',
  'attention.do.hold_aligner':
    '{count, plural, one {Mantener este alineador # día} other {Mantener este alineador # días}}',
  'attention.do.request_retake': 'Pedir fotos nuevas: {views}',
  'attention.do.message_patient': 'Mensaje al paciente: «{text}»',
  'attention.do.schedule_appointment': '{count, plural, one {Cita en # día} other {Cita en # días}}',
  'attention.do.refer': 'Derivar: {reason}',
  'attention.do.none': 'Nada que hacer para el paciente',
  'attention.reason.auth.denied':
    'Cuando llegó, su cuenta no podía decidir sobre este escaneo. Nada de ello consta en la historia.',
  'attention.reason.input.invalid':
    'El servidor no pudo leer esta decisión. Ocurre cuando este equipo y el servidor tienen versiones distintas de Loupe. Nada de ello consta en la historia.',
  'attention.reason.input.too-large':
    'Esta decisión es más larga de lo que el servidor acepta. Nada de ello consta en la historia.',
  'attention.reason.not-found':
    'El servidor no tenía este escaneo cuando llegó su decisión: se retiró o aún no estaba publicado. Nada de ello consta en la historia.',
  'attention.reason.conflict.exists':
    'El servidor tiene otra lectura con el mismo número. Nada de esta consta en la historia.',
  'attention.reason.read.version-unknown':
    'Su lectura nombra una versión de este escaneo que el servidor no tiene. Nada de ello consta en la historia.',
  'attention.reason.read.fit-without-aligners':
    'La lectura valora el ajuste del alineador y a la vez dice que no estaba en boca. Nada de ello consta en la historia.',
  'attention.reason.read.supersede-foreign':
    'La lectura iba a sustituir a otra que no es suya o que nunca llegó al servidor. Nada de ello consta en la historia.',
  'attention.reason.read.adjudication-invalid':
    'La lectura iba a resolver otras dos que ya no valen como lecturas de dos personas. Nada de ello consta en la historia.',
  'attention.reason.unknown':
    'El servidor lo rechazó por un motivo que esta versión de Loupe no conoce. Nada de ello consta en la historia.',
  'attention.reason.lost':
    'La decisión de un colega para este paciente llegó antes al servidor y se ejecutó. Su lectura consta en la historia; su acción se guardó como lo que usted habría hecho.',
  'attention.reason.lostMine':
    'Una decisión anterior suya para este escaneo ya se ejecutó. Su lectura consta en la historia; esta acción se guardó como lo que usted habría hecho.',
  'attention.advice.retry':
    'Inténtelo de nuevo si el motivo puede haber desaparecido, o abra el escaneo y decida otra vez. Si ya no importa, descártelo con un motivo.',
  'attention.advice.noRetry':
    'Si se envía de nuevo, se rechazará otra vez. Abra el escaneo, decida otra vez y descarte este con un motivo.',
  'attention.advice.noScan':
    'Aquí no hay escaneo sobre el que decidir. Volverá con la próxima sincronización si la consulta aún lo tiene. Si ya no importa, descártelo con un motivo.',
  'attention.advice.lost':
    'Abra el escaneo si no está de acuerdo: allí están las dos lecturas, una junto a otra. Si no, márquelo como visto.',
  'attention.discardTitle': 'Descartar este cambio',
  'attention.discardWhy': 'Por qué',
  'attention.discardHelp': 'Se guarda en este equipo con el cambio, su nombre y la hora.',
  'attention.seenTitle': 'Marcar como visto',
  'attention.seenWhy': 'Comentario (opcional)',
  'attention.discard': 'Descartar',
  'attention.seen': 'Visto',
  'attention.open': 'Abrir el escaneo',
  'attention.retry': 'Intentar de nuevo',
  'attention.retried': 'De nuevo en la cola. Se envía solo.',
  'attention.discarded': 'Descartado. El motivo se guarda en este equipo.',
  'attention.wasSeen': 'Marcado como visto.',
  'attention.notDone': 'No funcionó: {why} El cambio sigue aquí.',
  'command.goAttention': 'Ir a «Requiere atención»',
  'command.attention.next': 'Cambio siguiente',
  'command.attention.previous': 'Cambio anterior',
  'command.attention.first': 'Primer cambio',
  'command.attention.last': 'Último cambio',
  'command.attention.open': 'Abrir el escaneo',
  'command.attention.retry': 'Intentar de nuevo',
  'command.attention.discard': 'Descartar o marcar como visto',
  'command.attention.send': 'Confirmar',
  'command.attention.close': 'Salir del formulario',
  'nav.attention': 'Atención',
  'help.attention': 'Requiere atención',
} as const
