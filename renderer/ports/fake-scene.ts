/**
 * Made-up intraoral scenes for the fake bridge: simple teeth on gums, different for each hash, so that screens can
 * be looked at without a server. In a browser they are JPEG data URLs; where there is no canvas, an SVG.
 */
import type { View } from '../../server/contract/domain/views.ts'

const cache = new Map<string, string>()

/** A fake hash is 64 hex digits: two of the view's number, two of shift, then the session. */
export function sceneUrl(hash: string, size: '512' | '2048' | 'original'): string {
  const key = `${hash}-${size}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const widthPx = size === '512' ? 512 : 1280
  const url = draw(hash, widthPx, widthPx * 0.75)
  cache.set(key, url)
  return url
}

export function fakeHash(viewIndex: number, n: number): string {
  return `${viewIndex.toString(16).padStart(2, '0')}${n.toString(16).padStart(62, '0')}`
}

const SHAPES: readonly View[] = ['occlusal_upper', 'buccal_right', 'frontal', 'buccal_left', 'occlusal_lower']

function draw(hash: string, widthPx: number, heightPx: number): string {
  const view = SHAPES[Number.parseInt(hash.slice(0, 2), 16)] ?? 'frontal'
  const seed = Number.parseInt(hash.slice(-6), 16)
  const canvas = document.createElement('canvas')
  canvas.width = widthPx
  canvas.height = heightPx
  const pen = navigator.userAgent.includes('jsdom') ? null : canvas.getContext('2d')
  if (pen === null)
    return `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')}`
  pen.scale(widthPx / 1000, heightPx / 750)
  const tone = 80 + ((seed * 37) % 40)
  const gum = pen.createRadialGradient(500, 375, 60, 500, 375, 620)
  gum.addColorStop(0, `rgb(${tone + 90} ${tone} ${tone})`)
  gum.addColorStop(1, `rgb(${tone - 10} ${tone - 60} ${tone - 55})`)
  pen.fillStyle = gum
  pen.fillRect(0, 0, 1000, 750)
  if (view.startsWith('occlusal')) drawArch(pen, view === 'occlusal_upper', seed)
  else drawRows(pen, view, seed)
  return canvas.toDataURL('image/jpeg', 0.85)
}

function drawRows(pen: CanvasRenderingContext2D, view: View, seed: number): void {
  const lean = view === 'buccal_right' ? 1 : view === 'buccal_left' ? -1 : 0
  for (const row of [0, 1]) {
    for (let i = -5; i <= 5; i++) {
      const wobble = ((seed * (i + 7) * (row + 3)) % 9) - 4
      const scale = lean === 0 ? 1 - Math.abs(i) * 0.09 : 1 - (5 + i * lean) * 0.045
      const x = 500 + i * 84 * (lean === 0 ? 1 - Math.abs(i) * 0.035 : 1)
      tooth(
        pen,
        x + wobble,
        row === 0 ? 310 + wobble : 455 - wobble,
        40 * scale,
        (row === 0 ? 92 : 74) * scale,
        seed + i,
      )
    }
  }
}

function drawArch(pen: CanvasRenderingContext2D, upper: boolean, seed: number): void {
  for (let i = -6; i <= 6; i++) {
    const angle = (i / 6) * 1.25
    const x = 500 + Math.sin(angle) * 300
    const y = upper ? 640 - Math.cos(angle) * 470 : 110 + Math.cos(angle) * 470
    const size = 34 + Math.abs(i) * 3.5
    tooth(pen, x + ((seed * i) % 5), y, size, size * 0.9, seed + i)
  }
}

function tooth(pen: CanvasRenderingContext2D, x: number, y: number, rx: number, ry: number, seed: number): void {
  const light = 214 + (Math.abs(seed * 13) % 26)
  pen.fillStyle = `rgb(${light} ${light - 12} ${light - 44})`
  pen.strokeStyle = 'rgb(120 60 55 / 0.55)'
  pen.lineWidth = 3
  pen.beginPath()
  pen.roundRect(x - rx, y - ry, rx * 2, ry * 2, Math.min(rx, ry) * 0.75)
  pen.fill()
  pen.stroke()
  pen.fillStyle = 'rgb(255 255 255 / 0.35)'
  pen.beginPath()
  pen.ellipse(x - rx * 0.3, y - ry * 0.25, rx * 0.16, ry * 0.35, 0.15, 0, Math.PI * 2)
  pen.fill()
}
