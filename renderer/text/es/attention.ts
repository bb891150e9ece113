export const attention = {
  'attention.title': 'Requiere atención',
  'attention.about':
    'Cambios suyos que no se ejecutaron como usted decidió, o que esperan su palabra. Cada uno sigue aquí hasta que usted lo resuelva.',
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
  'attention.status.corrected': 'corregida por un colega',
  'attention.status.stale': 'de hace más de 24 horas, espera su palabra',
  'attention.scanOf': 'Escaneo del {day}',
  'attention.why': 'Qué ha pasado',
  'attention.todo': 'Qué puede hacer',
  'attention.yours': 'Lo que usted decidió',
  'attention.yoursLost': 'Lo que la suya habría hecho',
  'attention.stands': 'Lo que vale',
  'attention.wonBy': '{name}, {when}',
  'attention.wonByYou': 'Usted, {when}',
  'attention.because': 'Motivo: {reason}',
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
  'attention.reason.corrected':
    'Quien resolvió dos lecturas de este escaneo puso otra decisión en lugar de la suya, que ya había salido. Su lectura y su acción siguen constando en la historia.',
  'attention.reason.lostMine':
    'Una decisión anterior suya para este escaneo ya se ejecutó. Su lectura consta en la historia; esta acción se guardó como lo que usted habría hecho.',
  'attention.reason.lostCorrection':
    'Lo que esto corrige ya no valía cuando llegó al servidor: otra acción llegó antes. Su lectura consta en la historia; esta acción se guardó como lo que usted habría hecho.',
  'attention.reason.read.correction-invalid':
    'La acción que esto debía corregir no es suya, y la lectura no decide entre otras dos. Nada de ello consta en la historia.',
  'attention.advice.lostCorrection':
    'Si sigue sin estar de acuerdo, abra el escaneo y corrija lo que vale ahora, si es suyo. Si no, márquelo como visto.',
  'attention.advice.retry':
    'Inténtelo de nuevo si el motivo puede haber desaparecido, o abra el escaneo y decida otra vez. Si ya no importa, descártelo con un motivo.',
  'attention.advice.noRetry':
    'Si se envía de nuevo, se rechazará otra vez. Abra el escaneo, decida otra vez y descarte este con un motivo.',
  'attention.advice.noScan':
    'Aquí no hay escaneo sobre el que decidir. Volverá con la próxima sincronización si la consulta aún lo tiene. Si ya no importa, descártelo con un motivo.',
  'attention.advice.lost':
    'Abra el escaneo si no está de acuerdo: allí están las dos lecturas, una junto a otra. Si no, márquelo como visto.',
  'attention.advice.corrected':
    'Abra el escaneo para ver las lecturas y lo que vale ahora. Si no está de acuerdo, hable con su colega; si no, márquelo como visto.',
  'attention.discardTitle': 'Descartar este cambio',
  'attention.discardWhy': 'Por qué',
  'attention.discardHelp': 'Se guarda en este equipo con el cambio, su nombre y la hora.',
  'attention.seenTitle': 'Marcar como visto',
  'attention.seenWhy': 'Comentario (opcional)',
  'attention.discard': 'Descartar',
  'attention.seen': 'Visto',
  'attention.open': 'Abrir el escaneo',
  'attention.openRules': 'Abrir las reglas de la consulta',
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
  'attention.reason.stale':
    'Decidido {when}, hace {age}, y sin confirmar por el servidor. Pasadas más de 24 horas, una instrucción a un paciente solo se envía si usted lo dice.',
  'attention.reason.session.withdrawn':
    'La clínica retiró este escaneo antes de que llegara su decisión. Nada de ella consta en el registro y las fotos ya no están en este equipo.',
  'attention.reason.patient.stale': 'Un colega cambió antes el mismo campo. Nada de su cambio consta en el registro.',
  'attention.reason.patient.denied':
    'Cuando esto llegó, su cuenta no podía cambiar datos de pacientes. Nada de ello consta en el registro.',
  'attention.reason.patient.gone':
    'El servidor no tenía este paciente cuando llegó su cambio. Nada de ello consta en el registro.',
  'attention.reason.patient.exists': 'Otro paciente ya tiene esta referencia. Nada de su cambio consta en el registro.',
  'attention.advice.stale':
    'Léalo como si fuera nuevo. Si sigue siendo correcto, envíelo ahora. Si no, no lo envíe; abra el escaneo y decida de nuevo.',
  'attention.advice.withdrawn':
    'Ya no hay nada sobre lo que decidir. Si el paciente debe saber algo de usted, contáctelo directamente; después descarte esto con un motivo.',
  'attention.advice.patient': 'Fije sus valores de todos modos, cámbielos antes o conserve lo que vale ahora.',
  'attention.advice.patientGone': 'No se puede fijar desde aquí. Conserve lo que vale ahora, con un motivo.',
  'attention.noPatient': 'El paciente no está en este equipo',
  'attention.patientDetails': 'Datos del paciente',
  'attention.since': 'Qué ha pasado desde entonces, por lo que sabe este equipo',
  'attention.since.won':
    '{name} decidió entretanto para el paciente: {action}. Eso vale; enviada ahora, la suya se guarda como lo que usted habría hecho y no llega al paciente.',
  'attention.since.mine':
    'Entretanto se ejecutó otra decisión suya: {action}. Eso vale; enviada ahora, esta se guarda como lo que usted habría hecho y no llega al paciente.',
  'attention.since.corrects':
    'Lo que esto corrige sigue valiendo para el paciente: {action}. Si se envía ahora, esta acción ocupa su lugar.',
  'attention.since.scan': 'Llegó un escaneo más reciente de este paciente, del {day}: {state}.',
  'attention.since.nothing': 'Ningún escaneo más reciente de este paciente y ninguna otra acción sobre este.',
  'attention.since.offline': 'Este equipo no está conectado: puede haber más que aún no sabe.',
  'attention.sendNow': 'Enviar ahora',
  'attention.doNotSend': 'No enviar',
  'attention.doNotSendTitle': 'No enviar esto',
  'attention.doNotSendHelp': 'Su lectura de este escaneo se va con ello: el escaneo vuelve a esperar una lectura.',
  'attention.confirmTitle': 'Enviar esto ahora a {name}',
  'attention.confirmAge': 'Decidido hace {age}.',
  'attention.confirmed': 'Liberado. Se envía solo.',
  'attention.notSent': 'No se envió. El motivo se conserva.',
  'attention.keepTheirs': 'Conservar lo suyo',
  'attention.keepTheirsTitle': 'Conservar lo que vale ahora',
  'attention.keptTheirs': 'Queda como está. El motivo se conserva.',
  'attention.setMine': 'Fijar lo mío',
  'attention.setMineDone': 'Sus valores están fijados aquí y se envían solos.',
  'attention.edit': 'Decidir de nuevo',
  'attention.editChange': 'Cambiar y fijar',
  'attention.replaced': 'Sus valores nuevos están fijados aquí y se envían solos.',
  'attention.replaces': 'Su decisión sustituye a una que no se aceptó: {action}, decidida {when}.',
  'attention.change.table': 'Campos de este cambio',
  'attention.change.field': 'Campo',
  'attention.change.was': 'Era',
  'attention.change.wanted': 'Usted quería',
  'attention.change.now': 'Es ahora',
  'attention.change.moved': 'cambiado entretanto',
  'attention.change.asWanted': 'como usted quería',
  'attention.change.unknown': 'no se sabe aquí',
  'attention.change.edit': 'Los campos muestran lo que usted quería. Se fija lo que difiere de lo que vale ahora.',
  'attention.change.save': 'Fijar así',
  'attention.waiting':
    '{count, plural, one {# instrucción a un paciente lleva más de 24 horas esperando. Véala antes de que se envíe.} other {# instrucciones a pacientes llevan más de 24 horas esperando. Véalas antes de que se envíen.}}',
  'attention.lookAtThem': '{count, plural, one {Verla} other {Verlas}}',
  'command.attention.edit': 'Decidir o cambiar de nuevo',
  'command.attention.confirm': 'Enviar una instrucción antigua',
} as const
