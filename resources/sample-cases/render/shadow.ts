/**
 * Soft darkening of crevices: a pixel that lies deeper than its surroundings gets less light. Worked out at a quarter of the
 * size from the depth alone; 1 is fully lit.
 */
export function crevices(nearness: Float32Array, widthPx: number, heightPx: number, pixelsPerMm: number): Float32Array {
  const w = Math.ceil(widthPx / 4)
  const h = Math.ceil(heightPx / 4)
  const depth = new Float32Array(w * h)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      // Four of the sixteen pixels: one alone leaves teeth marks along every edge.
      let sum = 0
      for (let k = 0; k < 4; k++) {
        const py = Math.min(heightPx - 1, y * 4 + (k & 1) * 2)
        sum += nearness[py * widthPx + Math.min(widthPx - 1, x * 4 + (k >> 1) * 2)] ?? 0
      }
      depth[y * w + x] = sum > 0 ? 4 / sum : 300
    }
  const light = new Float32Array(w * h).fill(1)
  const perMm = pixelsPerMm / 4
  darken(light, depth, w, h, Math.max(1, Math.round(1.1 * perMm)), 0.3)
  darken(light, depth, w, h, Math.max(2, Math.round(4.5 * perMm)), 0.085)
  return light
}

function darken(light: Float32Array, depth: Float32Array, w: number, h: number, radius: number, perMm: number): void {
  const around = boxBlur(boxBlur(depth, w, h, radius), w, h, radius)
  for (let i = 0; i < light.length; i++) {
    const deeper = (depth[i] ?? 0) - (around[i] ?? 0)
    if (deeper > 0) light[i] = (light[i] ?? 1) / (1 + perMm * 1.6 * Math.min(deeper, 14))
  }
}

/** Mean over a square, by running sums: the cost does not grow with the radius. */
export function boxBlur(source: Float32Array, w: number, h: number, radius: number): Float32Array {
  const across = new Float32Array(source.length)
  const out = new Float32Array(source.length)
  blurLines(source, across, w, h, 1, w, radius)
  blurLines(across, out, h, w, w, 1, radius)
  return out
}

function blurLines(
  from: Float32Array,
  to: Float32Array,
  length: number,
  lines: number,
  step: number,
  lineStep: number,
  radius: number,
): void {
  const scale = 1 / (2 * radius + 1)
  for (let line = 0; line < lines; line++) {
    const start = line * lineStep
    const at = (i: number) => from[start + Math.max(0, Math.min(length - 1, i)) * step] ?? 0
    let sum = 0
    for (let i = -radius; i <= radius; i++) sum += at(i)
    for (let i = 0; i < length; i++) {
      to[start + i * step] = sum * scale
      sum += at(i + radius + 1) - at(i - radius)
    }
  }
}
