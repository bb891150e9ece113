import { type Adjustments, isToned, toneKey, toneTables } from './adjustments.ts'

const SVG = 'http://www.w3.org/2000/svg'
const HOME_ID = 'loupe-tone-filters'
/** Each is some hundred bytes; a hand that holds a key makes one per step. */
const KEPT_COUNT = 32

/**
 * A canvas `filter` with one table per channel, made where the canvas lives (a window of its own has a document of its
 * own). Measured without a GPU: no slower than drawing the photo plain, where reading its pixels back took 20 to 150 ms.
 */
export function toneFilter(document: Document, adjustments: Adjustments): string {
  if (!isToned(adjustments)) return 'none'
  const id = `loupe-tone-${toneKey(adjustments).replaceAll(/[^\w.-]/g, '_')}`
  const home = findHome(document)
  const known = document.getElementById(id)
  // The latest last, so that the oldest goes first.
  home.append(known ?? makeFilter(document, id, adjustments))
  if (home.childElementCount > KEPT_COUNT) home.firstElementChild?.remove()
  return `url(#${CSS.escape(id)})`
}

function findHome(document: Document): Element {
  const there = document.getElementById(HOME_ID)
  if (there !== null) return there
  const home = document.createElementNS(SVG, 'svg')
  // Not `display: none`: filters in such a tree do nothing.
  for (const [name, value] of [
    ['id', HOME_ID],
    ['width', '0'],
    ['height', '0'],
    ['aria-hidden', 'true'],
  ] as const)
    home.setAttribute(name, value)
  home.setAttribute('class', 'pointer-events-none absolute')
  document.body.append(home)
  return home
}

function makeFilter(document: Document, id: string, adjustments: Adjustments): Element {
  const filter = document.createElementNS(SVG, 'filter')
  filter.setAttribute('id', id)
  filter.setAttribute('color-interpolation-filters', 'sRGB')
  const transfer = document.createElementNS(SVG, 'feComponentTransfer')
  const { red, green, blue } = toneTables(adjustments)
  for (const [name, table] of [
    ['feFuncR', red],
    ['feFuncG', green],
    ['feFuncB', blue],
  ] as const) {
    const channel = document.createElementNS(SVG, name)
    channel.setAttribute('type', 'table')
    channel.setAttribute('tableValues', table.map((value) => value.toFixed(4)).join(' '))
    transfer.append(channel)
  }
  filter.append(transfer)
  return filter
}
