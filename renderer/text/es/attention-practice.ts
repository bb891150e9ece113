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
  'attention.advice.practice': 'Envíe lo suyo de todos modos o descártelo con un motivo.',
  'attention.advice.practiceGone': 'No se puede volver a enviar desde aquí. Descártelo con un motivo.',
} as const
