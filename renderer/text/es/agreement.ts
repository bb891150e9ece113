export const agreement = {
  'agreement.title': 'Concordancia',
  'agreement.about': 'Cuánto se parecen dos lecturas del mismo escaneo, según segundas lecturas a ciegas.',
  'agreement.kappaMeans':
    'La kappa ponderada vale 1 cuando ambas lecturas son siempre iguales y 0 cuando coinciden tanto como por azar; dos grados de diferencia cuentan cuatro veces más que uno.',
  'agreement.range': 'Periodo',
  'agreement.days30': '30 días',
  'agreement.days90': '90 días',
  'agreement.days365': 'Un año',
  'agreement.fromTo': '{from} a {to}',
  'agreement.drawn':
    '{count, plural, one {# escaneo elegido en este periodo} other {# escaneos elegidos en este periodo}}',
  'agreement.waiting': '{count, plural, one {# espera la segunda lectura} other {# esperan la segunda lectura}}',
  'agreement.between': 'Entre dos clínicos',
  'agreement.within': 'El mismo clínico, con un día o más de diferencia',
  'agreement.kappa': 'Kappa {value}',
  'agreement.interval': '95 % entre {low} y {high}',
  'agreement.pairs': '{count, plural, one {# par} other {# pares}}',
  'agreement.tooFew': 'muy pocos pares',
  'agreement.allSame': 'todas las lecturas dicen lo mismo',
  'agreement.firstRead': 'Primera lectura',
  'agreement.secondRead': 'Segunda lectura',
  'agreement.emptyTitle': 'Muy pocas segundas lecturas en este periodo',
  'agreement.emptyHelp':
    'La concordancia se muestra a partir de dos pares. La proporción de segundas lecturas se ajusta en Consulta.',
  'agreement.failed': 'No se pudo calcular la concordancia.',
} as const
