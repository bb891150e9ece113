import { interpolate } from './interpolate.ts'
import { type Language, type TextKey, TEXTS } from './table.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** How times and days are written in one language. All instants are epoch milliseconds. */
export type Times = {
  /** Under a day `3 h ago`, after that the exact time. */
  readonly ago: (atMs: number, nowMs: number) => string
  /** `3 Aug 2026, 07:52`, for hover, focus and whatever is older than a day. */
  readonly exact: (atMs: number) => string
  /** `today 07:52`, `yesterday 22:02`, then `3 Aug, 07:52`. */
  readonly clock: (atMs: number, nowMs: number) => string
  /** How long something has waited: `12 min`, `3 h`, `2 d`. */
  readonly span: (ms: number) => string
  /** A calendar day `2026-08-03` as `3 Aug` in the current year, with the year otherwise. */
  readonly day: (day: string, nowMs: number) => string
  readonly number: (n: number) => string
  /** `0.70`: always this many decimals. */
  readonly fixed: (n: number, decimals: number) => string
  /** A length of time in words, coarser the longer it is: `12 minutes`, `3 hours`, `2 days`. Never under a minute. */
  readonly inWords: (ms: number) => string
  /** `640 KB`, `3.2 GB`: in steps of 1,024, as Windows counts them. */
  readonly bytes: (bytes: number) => string
  /** `45 %` of a part between 0 and 1, rounded down: 100 means done. */
  readonly percent: (part: number) => string
}

/** `3 Aug, 07:52`: day before month and 24 hours, the same in all four languages. */
const LOCALES = { en: 'en-GB', es: 'es', fr: 'fr', de: 'de' } as const satisfies Record<Language, string>

export function makeTimes(ofLanguage: Language): Times {
  const language = LOCALES[ofLanguage]
  const say = (key: TextKey, count: number) => interpolate(TEXTS[ofLanguage][key], { count }, language)
  const exactFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const clockFormat = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' })
  const dayTimeFormat = new Intl.DateTimeFormat(language, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  })
  const dayFormat = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  const dayYearFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' })
  const dayWords = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const numberFormat = new Intl.NumberFormat(language)
  const percentFormat = new Intl.NumberFormat(language, { style: 'percent' })
  const unit = (name: 'minute' | 'hour' | 'day', count: number) =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count)

  const exact = (atMs: number) => exactFormat.format(atMs)
  return {
    exact,
    ago(atMs, nowMs) {
      const ms = Math.max(0, nowMs - atMs)
      if (ms < MINUTE_MS) return TEXTS[ofLanguage]['time.now']
      if (ms < HOUR_MS) return say('time.minutesAgo', Math.floor(ms / MINUTE_MS))
      return ms < DAY_MS ? say('time.hoursAgo', Math.floor(ms / HOUR_MS)) : exact(atMs)
    },
    clock(atMs, nowMs) {
      const days = daysBetween(atMs, nowMs)
      return days <= 1 ? `${dayWords.format(-days, 'day')} ${clockFormat.format(atMs)}` : dayTimeFormat.format(atMs)
    },
    span(ms) {
      if (ms < HOUR_MS) return say('time.minutes', Math.max(0, Math.floor(ms / MINUTE_MS)))
      return ms < 2 * DAY_MS ? say('time.hours', Math.floor(ms / HOUR_MS)) : say('time.days', Math.floor(ms / DAY_MS))
    },
    day(day, nowMs) {
      const thisYear = day.startsWith(String(new Date(nowMs).getFullYear()))
      return (thisYear ? dayFormat : dayYearFormat).format(new Date(`${day}T00:00:00Z`))
    },
    number: (n) => numberFormat.format(n),
    fixed: (n, decimals) =>
      n.toLocaleString(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }),
    inWords(ms) {
      if (ms < HOUR_MS - MINUTE_MS / 2) return unit('minute', Math.max(1, Math.round(ms / MINUTE_MS)))
      return ms < 2 * DAY_MS ? unit('hour', Math.round(ms / HOUR_MS)) : unit('day', Math.round(ms / DAY_MS))
    },
    bytes: (bytes) => sizeInWords(bytes, language),
    percent: (part) => percentFormat.format(Math.floor(part * 100) / 100),
  }
}

const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

function sizeInWords(bytes: number, language: string): string {
  const step = bytes < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
  const value = bytes / 1024 ** step
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: SIZES[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step < 2 || value >= 100 ? 0 : 1,
  }).format(value)
}

/** Midnights between two instants on this computer's calendar; never negative. */
function daysBetween(atMs: number, nowMs: number): number {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)
  return Math.max(0, Math.round((midnight(nowMs) - midnight(atMs)) / DAY_MS))
}

/** Whole years since a birth date; the practice shows it beside the date. */
export function ageInYears(birthDate: string, nowMs: number): number {
  const now = new Date(nowMs)
  const [year = 0, month = 1, day = 1] = birthDate.split('-').map(Number)
  const before = now.getMonth() + 1 < month || (now.getMonth() + 1 === month && now.getDate() < day)
  return now.getFullYear() - year - (before ? 1 : 0)
}
