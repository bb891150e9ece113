export const unsent = {
  'unsent.title': 'Trabajo sin enviar',
  'unsent.about': 'Sus cambios que el servidor aún no tiene, y una salida si este equipo no puede enviarlos.',
  'unsent.waiting':
    '{count, plural, one {# cambio suyo espera a ser enviado} other {# cambios suyos esperan a ser enviados}}',
  'unsent.waitingHelp': 'Se envían por sí solos en cuanto el servidor admite este equipo.',
  'unsent.nothing': 'Nada en espera',
  'unsent.nothingHelp': 'Todo lo que ha decidido en este equipo está en el servidor.',
  'unsent.export': 'Exportar el trabajo sin enviar…',
  'unsent.exportTitle': 'Exportar el trabajo sin enviar',
  'unsent.exportWhat':
    'Obtiene un archivo con sus cambios sin enviar, cifrado con una frase de acceso. Entréguelo a un administrador de la clínica, que lo importa en Loupe en un equipo que llegue al servidor. Comunique la frase por otra vía: en persona o por teléfono, no junto al archivo.',
  'unsent.exportSafe':
    'Aquí no se quita nada. Si este equipo puede volver a enviar, lo hace; cada cambio llega una sola vez, venga por donde venga. Lo que está en el archivo ya no se puede deshacer aquí; se puede registrar una corrección.',
  'unsent.passphrase': 'Frase de acceso del archivo',
  'unsent.again': 'La misma otra vez',
  'unsent.tooShort': 'Al menos 12 caracteres. Cuatro palabras sin relación son fáciles de recordar.',
  'unsent.exportSubmit': 'Guardar el archivo',
  'unsent.exporting': 'Cifrando',
  'unsent.exported':
    '{count, plural, one {# cambio está} other {# cambios están}} en el archivo {name}. Aquí no se ha quitado nada.',
  'unsent.reportsLeft':
    '{count, plural, one {# informe de fotos mostradas no cabía} other {# informes de fotos mostradas no cabían}} en él y {count, plural, one {espera} other {esperan}} aquí.',
  'unsent.othersTitle': 'Trabajo sin enviar de colegas en este equipo',
  'unsent.othersWhat':
    'Para quien ya no puede iniciar sesión aquí o cuya función ha cambiado. Sigue siendo suyo: al importarlo se ejecuta en su nombre, con la función que tenga entonces.',
  'unsent.othersCount': '{count, plural, one {# cambio} other {# cambios}}',
  'unsent.exportOf': 'Exportar…',
  'unsent.exportTitleOf': 'Exportar el trabajo sin enviar de {name}',
  'unsent.exportWhatOf':
    'Obtiene un archivo con los cambios sin enviar de {name}, cifrado con una frase de contraseña. Un administrador de la consulta lo importa en Loupe en un equipo que llegue al servidor.',
  'unsent.somebody': 'Alguien desconocido aquí',
  'unsent.importTitle': 'Importar el trabajo sin enviar de un colega',
  'unsent.import': 'Importar el trabajo sin enviar de un colega…',
  'unsent.importOpen': 'Abrir un archivo…',
  'unsent.importWhat':
    'Para un archivo que un colega exportó en Loupe porque su equipo no podía enviar. Verá lo que contiene antes de enviar nada. Los cambios siguen siendo suyos, en su nombre.',
  'unsent.file': 'Archivo',
  'unsent.chooseFile': 'Elegir el archivo',
  'unsent.noFile': 'Ningún archivo elegido',
  'unsent.read': 'Abrir el archivo',
  'unsent.reading': 'Abriendo',
  'unsent.tooLarge': 'Ocupa más de 64 MB: no es una exportación de trabajo sin enviar.',
  'unsent.summary': 'En este archivo',
  'unsent.author': 'Creado por',
  'unsent.practice': 'Clínica',
  'unsent.exportedAt': 'Exportado',
  'unsent.count': 'Cambios',
  'unsent.stale': 'Indicaciones a pacientes de más de 24 horas',
  'unsent.staleWhy':
    'Lo que entonces era correcto puede no serlo ahora. Pregunte a {author} por cada una. Sin su marca se quedan fuera y se envía todo lo demás.',
  'unsent.confirmStale':
    '{count, plural, one {Esta indicación antigua está comprobada} other {Estas # indicaciones antiguas están comprobadas}} con {author}',
  'unsent.importSubmit': '{count, plural, one {Enviar # cambio} other {Enviar # cambios}}',
  'unsent.importing': 'Enviando al servidor',
  'unsent.result': 'Listo',
  'unsent.applied': 'Realizados',
  'unsent.appliedWhy': 'En el servidor, a nombre de {author}. También cuenta lo que ya estaba allí.',
  'unsent.refused': 'Rechazados',
  'unsent.refusedWhy':
    'Guardados en el servidor para {author}. Cada uno está aquí en «Requiere atención», con el motivo y lo que quería {author}.',
  'unsent.seeRefused': 'Verlos',
  'unsent.leftOut': 'Sin incluir',
  'unsent.leftOutWhy': 'Indicaciones antiguas sin su marca. Siguen en el archivo y en el equipo de {author}.',
  'unsent.another': 'Otro archivo',
  'unsent.notSent': 'No se ha enviado nada: {why}',
  'unsent.importBroken': 'Se interrumpió: {why} Envíelo otra vez; lo que llegó no se duplica.',
  'command.goUnsent': 'Ir al trabajo sin enviar',
} as const
