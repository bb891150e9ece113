export const attentionPractice = {
  'attention.about.rules': 'Reglas de la consulta',
  'attention.about.goal': 'Objetivo',
  'attention.about.question': 'Pregunta a un colega',
  'attention.about.answer': 'Respuesta a una pregunta',
  'attention.anyClinician': 'A cualquier clínico',
  'attention.question': 'Pregunta',
  'attention.questionGone': 'La pregunta ya no está.',
  'attention.yourAnswer': 'Su respuesta',
  'attention.change.none': 'ninguno',
  'attention.reason.rules.stale': 'Un colega cambió antes la misma regla. Nada de su cambio está en vigor.',
  'attention.reason.goal.stale': 'Un colega cambió antes el mismo objetivo. Nada de su cambio está en el historial.',
  'attention.reason.question.answered':
    'Un colega respondió antes a esta pregunta. Vale su respuesta; la de usted no está en el historial.',
  'attention.reason.practice.denied':
    'Cuando esto llegó, su cuenta no tenía permiso para hacerlo. Nada de ello está en el historial.',
  'attention.reason.practice.gone':
    'Aquello de lo que trata no estaba en el servidor cuando llegó. Nada de ello está en el historial.',
  'attention.reason.practice.withdrawn':
    'La consulta retiró el escaneo antes de que esto llegara. Nada de ello está en el historial.',
  'attention.advice.practice': 'Envíe lo suyo de todos modos, cámbielo antes o descártelo con un motivo.',
  'attention.advice.practiceGone': 'No se puede volver a enviar desde aquí. Descártelo con un motivo.',
  'attention.advice.rules':
    'Ponga sus valores de todos modos. Para elegir otros, cambie las reglas en su propia página; después descarte esto con un motivo.',
  'attention.advice.answered':
    'Una respuesta cierra una pregunta, y esa vale. Si la suya añade algo, abra el escaneo y pregunte o escriba una nota allí; después descarte esto con un motivo.',
  'attention.advice.practiceEdit':
    'Enviado otra vez tal cual, se rechazaría de nuevo. Cámbielo y envíelo así, o descártelo con un motivo.',
  'attention.editText': 'Cambiar y enviar',
  'attention.resent': 'En cola como lo ha cambiado. Se envía solo.',
  'attention.change.anew': 'Se abre con lo que usted quería y parte de lo que vale ahora.',
  'attention.brought.of': 'Trabajo sin enviar de {author}, importado por usted',
  'attention.brought.why': 'Respuesta del servidor a {author}: «{reason}»',
  'attention.brought.advice':
    'Solo {author} puede volver a enviarlo. Avísele, o abra el escaneo y decida usted; después márquelo como visto. El servidor lo guarda para {author}.',
  'attention.brought.adviceNoScan':
    'Solo {author} puede volver a enviarlo. Avísele; después márquelo como visto. El servidor lo guarda para {author}.',
  'attention.brought.wanted': '{author} quería',
  'attention.brought.decided': 'Lo que decidió {author}',
  'attention.brought.answer': 'Respuesta de {author}',
  'attention.wanted.details': 'Detalles',
  'attention.wanted.for': 'Debía',
  'attention.wanted.replaces': 'reemplazar una lectura anterior de la misma persona',
  'attention.wanted.settles': 'resolver dos lecturas distintas',
  'attention.wanted.second': 'ser una segunda lectura a ciegas',
  'ask.notHere': 'Alguien que ya no está aquí',
  'attention.reason.read.second-read-invalid':
    'Otra persona hizo antes esta segunda lectura, o ya no se pide. Nada de ella está en el historial.',
  'attention.advice.secondRead':
    'Las segundas lecturas miden el acuerdo en la consulta; al paciente no le falta nada. Descarte esto con un motivo.',
} as const
