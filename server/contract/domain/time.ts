import { z } from 'zod'

/** Milliseconds since the Unix epoch. Every field that holds one says whose clock it was. */
export const EpochMs = z.int().nonnegative()

/** A calendar day without a time zone, `YYYY-MM-DD`, that exists (no 30 February). */
export const CalendarDay = z.iso.date()
