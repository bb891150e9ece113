import type { View } from './views.ts'

/** Words that name a part of a view, in English, Spanish, French and German, without accents. */
const WORDS = {
  frontal: ['frontal', 'front', 'anterior', 'frontale', 'frente', 'vorne'],
  buccal: ['buccal', 'bucal', 'buccale', 'bukkal', 'lateral', 'laterale', 'seitlich', 'seite', 'side', 'lado', 'cote'],
  right: ['right', 'rt', 'r', 'derecha', 'derecho', 'der', 'droite', 'droit', 'rechts', 'rechte'],
  left: ['left', 'lt', 'l', 'izquierda', 'izquierdo', 'izq', 'gauche', 'links', 'linke'],
  occlusal: ['occlusal', 'oclusal', 'occlusale', 'okklusal', 'arch', 'arcada', 'arcade', 'kiefer', 'jaw'],
  upper: [
    'upper',
    'maxillary',
    'maxilla',
    'superior',
    'superieur',
    'superieure',
    'oben',
    'ober',
    'oberkiefer',
    'maxilar',
    'maxillaire',
  ],
  lower: [
    'lower',
    'mandibular',
    'mandible',
    'inferior',
    'inferieur',
    'inferieure',
    'unten',
    'unter',
    'unterkiefer',
    'mandibula',
    'mandibulaire',
  ],
} as const
type Meaning = keyof typeof WORDS

/** DENT-OIP keywords, mirror photos included. */
const KEYWORDS: Readonly<Record<string, View>> = {
  iv07: 'frontal',
  iv01: 'buccal_right',
  iv02: 'buccal_right',
  iv18: 'buccal_left',
  iv19: 'buccal_left',
  iv25: 'occlusal_upper',
  iv24: 'occlusal_upper',
  iv27: 'occlusal_lower',
  iv26: 'occlusal_lower',
}

/**
 * The view that a file's name states (`Okafor_R-buccal_2026.JPG`), or undefined where it does not say, or says two
 * things. A wrong guess would file a photo under the wrong side, so nothing is inferred from order or numbers.
 * Camera names (`IMG_0012`) and a lone letter or side (`r.jpg`, `left.jpg`) state no view.
 */
export function guessView(fileName: string): View | undefined {
  const words = wordsOf(fileName)
  const named = new Set(words.flatMap((word) => KEYWORDS[word] ?? []))
  const said = new Set(words.flatMap(meaningsOf))
  const spelled = viewsSaid(said)
  for (const view of spelled) named.add(view)
  const [only] = named
  return named.size === 1 && !isContradicted(said) ? only : undefined
}

/** Folder and extension are no part of the name; accents, case and separators are ignored; `rightBuccal` is two words. */
function wordsOf(fileName: string): string[] {
  const base = fileName.replace(/^.*[/\\]/, '').replace(/\.[a-z0-9]{1,5}$/i, '')
  return base
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/\biv[\s_-]?(\d\d)(?!\d)/g, 'iv$1')
    .replace(/([a-z]{3,})(\d)/g, '$1 $2')
    .replace(/(\d)([a-z]{3,})/g, '$1 $2')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
}

function meaningsOf(word: string): Meaning[] {
  const meanings = Object.keys(WORDS) as Meaning[]
  return meanings.filter((meaning) => (WORDS[meaning] as readonly string[]).includes(word))
}

/** A side needs `buccal` beside it; an arch names itself, for intraoral photos know no other upper and lower. */
function viewsSaid(said: ReadonlySet<Meaning>): View[] {
  const views: View[] = []
  if (said.has('frontal')) views.push('frontal')
  if (said.has('buccal') && said.has('right')) views.push('buccal_right')
  if (said.has('buccal') && said.has('left')) views.push('buccal_left')
  if (said.has('upper')) views.push('occlusal_upper')
  if (said.has('lower')) views.push('occlusal_lower')
  return views
}

/** `upper right`, `buccal` without a side beside an arch, `frontal left`: more than one view, or none of the five. */
function isContradicted(said: ReadonlySet<Meaning>): boolean {
  const side = said.has('right') || said.has('left') || said.has('buccal')
  const arch = said.has('upper') || said.has('lower') || said.has('occlusal')
  return (said.has('right') && said.has('left')) || (side && arch) || (said.has('frontal') && (side || arch))
}
