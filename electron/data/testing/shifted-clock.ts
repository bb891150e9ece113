import { readFileSync } from 'node:fs'

/**
 * Loaded before a data process by tests alone (`--import`): its clock is wrong by the milliseconds that the file of
 * LOUPE_TEST_CLOCK holds at that moment.
 */
const file = process.env['LOUPE_TEST_CLOCK'] ?? ''
const RealDate = Date
const nowMs = RealDate.now.bind(RealDate)
const wrongNowMs = () => nowMs() + Number(readFileSync(file, 'utf8'))

globalThis.Date = new Proxy(RealDate, {
  construct: (target, given: unknown[], as) =>
    Reflect.construct(target, given.length === 0 ? [wrongNowMs()] : given, as) as Date,
  get: (target, key): unknown => (key === 'now' ? wrongNowMs : Reflect.get(target, key)),
})
