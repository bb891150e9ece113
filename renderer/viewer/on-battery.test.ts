import { expect, test } from 'vitest'
import { isOnBattery } from './on-battery.ts'

const charging = (is: boolean) => ({ getBattery: async () => ({ charging: is }) })

test('only a computer that says that it lives on its battery spares it', async () => {
  expect(await isOnBattery(charging(false))).toBe(true)
  expect(await isOnBattery(charging(true))).toBe(false)
  expect(await isOnBattery({})).toBe(false)
  expect(await isOnBattery({ getBattery: () => Promise.reject(new Error('not allowed')) })).toBe(false)
})
