export const notices = {
  'notice.list': 'Avisos',
  'notice.none': 'No hay nada que avisar: todo funciona.',
  'notice.dismiss': 'Ocultar este aviso',
  'notice.export': 'Exportar lo no enviado',
  'notice.storage': 'Abrir almacenamiento',
  'notice.syncNow': 'Intentar ahora',
  'notice.read-only.title': 'Carpeta de solo lectura',
  'notice.read-only.say':
    'Loupe no puede escribir en su carpeta de este equipo: puede que una decisión nueva no se guarde, y se le dirá enseguida. Lo que decidió antes está a salvo. Consulte a su departamento de TI.',
  'notice.disk-full.title': 'Disco lleno',
  'notice.disk-full.say':
    'El disco de este equipo está lleno: no llega nada nuevo, y puede que una decisión nueva no se guarde; se le dirá enseguida. Lo que decidió antes está a salvo. Libere espacio.',
  'notice.certificate.title': 'Servidor no fiable',
  'notice.certificate.say':
    'Este equipo no confía en el certificado del servidor. No se ha enviado nada. Puede seguir trabajando: las decisiones se conservan aquí. Compruebe la fecha de este equipo o consulte a su departamento de TI.',
  'notice.too-old.title': 'Loupe es demasiado antiguo',
  'notice.too-old.say':
    'Esta versión de Loupe es demasiado antigua para el servidor de su clínica. Sus decisiones se conservan y se siguen enviando, pero no llega nada nuevo. Actualice Loupe o consulte a su departamento de TI.',
  'notice.server-too-old.title': 'Servidor demasiado antiguo',
  'notice.server-too-old.say':
    'Esta versión de Loupe es más nueva que el servidor de su clínica. Sus decisiones se conservan aquí y se enviarán cuando se actualice el servidor. Avise a su departamento de TI.',
  'notice.signed-out.title': 'La sesión ha terminado',
  'notice.refused.title': 'El servidor rechaza',
  'notice.not-loupe.title': 'Responde otra cosa',
  'notice.not-loupe.say':
    'En lugar del servidor responde otra cosa: un proxy o la página de acceso de esta red. Sus decisiones se conservan aquí. Inicie sesión en la red o consulte a su departamento de TI.',
  'notice.low-disk.title': 'Poco espacio en disco',
  'notice.low-disk.say':
    'Quedan menos de 500 MB libres en este equipo: ya no se guardan fotos; las decisiones, sí. Libere espacio.',
  'notice.clock.title': 'El reloj está mal',
  'notice.clock.behind':
    'El reloj de este equipo va {span} atrasado. Las horas que se ven aquí se desvían otro tanto; las decisiones se guardan y el servidor las pone en orden. Ajuste el reloj o consulte a su departamento de TI.',
  'notice.clock.ahead':
    'El reloj de este equipo va {span} adelantado. Las horas que se ven aquí se desvían otro tanto; las decisiones se guardan y el servidor las pone en orden. Ajuste el reloj o consulte a su departamento de TI.',
  'notice.silent.title': 'El servidor no responde',
  'notice.silent.say':
    'El servidor no responde. Puede seguir trabajando: las decisiones se conservan aquí y se envían en cuanto responda.',
  'firstCopy.title': 'Primera copia de la clínica',
  'firstCopy.emptyTitle': 'La clínica se está copiando en este equipo',
  'firstCopy.emptyHelp': 'Los escaneos aparecen aquí por sí solos; empiece con el primero.',
  'firstCopy.rows': '{done} de {total} registros',
  'firstCopy.rowsOnly': '{count, plural, one {# registro} other {# registros}}',
  'firstCopy.photos': '{count, plural, one {# foto por llegar} other {# fotos por llegar}}',
  'firstCopy.left': 'quedan unos {span}',
  'firstCopy.leftLittle': 'queda menos de un minuto',
  'firstCopy.usable': 'Lo que ya está aquí se puede usar.',
  'firstCopy.paused': 'En pausa: sigue donde se detuvo cuando vuelva el servidor.',
  'status.connecting': 'Conectando',
  'status.copying': 'Copiando la clínica, {part}',
  'status.confirm': '{count, plural, one {# por confirmar} other {# por confirmar}}',
  'command.notices': 'Mostrar avisos',
} as const
