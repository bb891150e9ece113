/** What happened to one key. Times are milliseconds since the key went down, by the browser's own clock. */
export type KeySample = {
  readonly key: string
  /** The main thread had painted what the key changed. */
  readonly paintedMs: number
  /** Event Timing: until the frame was presented, in steps of 8; undefined below 16. */
  readonly presentedMs: number | undefined
  /** Every picture of the new scan was there in the pixels that its place on screen needs. */
  readonly sharpMs: number
  /** They were at the first paint. */
  readonly hit: boolean
  /** Of each pair on screen at the first paint: whether it was known how the two photos lie. */
  readonly pairsKnown: readonly boolean[]
}

type Probe = { take(): Promise<KeySample[]> }
declare global {
  interface Window {
    benchProbe: Probe
    /** Set by each page: is everything that the last key asked for on screen in full? */
    benchSharp: () => boolean
  }
}

/** Runs inside of a page, before or after its own scripts. Measures nothing but keys that went down. */
export function installProbe(keys: readonly string[]): void {
  if (Object.hasOwn(window, 'benchProbe')) return // its keys are watched already
  const PATIENCE_MS = 5000
  type Open = { key: string; atMs: number; paintedMs: number; sharpMs: number; hit: boolean; pairsKnown: boolean[] }
  const open: Open[] = []
  const presented = new Map<number, number>()
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries) if (entry.name === 'keydown') presented.set(entry.startTime, entry.duration)
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()))
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  const afterPaint = (work: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('message', work, { once: true })
      port1.start()
      port2.postMessage(null)
    })
  const findPairsKnown = () =>
    [...document.querySelectorAll<HTMLElement>('[data-stage=shown] [data-phase]')].map(
      ({ dataset }) => dataset['phase'] !== 'waiting',
    )
  const waitSharp = (sample: Open) => {
    const nowMs = performance.now() - sample.atMs
    if (window.benchSharp() || nowMs > PATIENCE_MS) sample.sharpMs = nowMs
    else afterPaint(() => waitSharp(sample))
  }
  window.addEventListener(
    'keydown',
    (event) => {
      if (!keys.includes(event.key) || event.repeat) return
      const sample: Open = {
        key: event.key,
        atMs: event.timeStamp,
        paintedMs: 0,
        sharpMs: 0,
        hit: false,
        pairsKnown: [],
      }
      open.push(sample)
      afterPaint(() => {
        sample.paintedMs = performance.now() - sample.atMs
        sample.hit = window.benchSharp()
        sample.pairsKnown = findPairsKnown()
        if (sample.hit) sample.sharpMs = sample.paintedMs
        else waitSharp(sample)
      })
    },
    { capture: true },
  )
  window.benchProbe = {
    async take() {
      while (open.some((sample) => sample.sharpMs === 0)) await new Promise((done) => setTimeout(done, 20))
      note(observer.takeRecords())
      return open.splice(0).map(({ key, atMs, paintedMs, sharpMs, hit, pairsKnown }) => {
        const presentedMs = presented.get(atMs)
        return { key, paintedMs, sharpMs, hit, pairsKnown, presentedMs }
      })
    },
  }
}
