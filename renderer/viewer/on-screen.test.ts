import { expect, test } from 'vitest'
import { createOnScreen, whileOnScreen } from './on-screen.ts'

test('what is done while it is on screen ends when it leaves, and begins again when it comes back', () => {
  const layer = createOnScreen()
  const told: string[] = []
  const work = (name: string) => () => {
    told.push(`${name} begins`)
    return () => void told.push(`${name} ends`)
  }
  const stop = whileOnScreen(layer, work('shown'), work('hidden'))
  layer.set(true)
  layer.set(true)
  layer.set(false)
  expect(told).toEqual(['hidden begins', 'hidden ends', 'shown begins', 'shown ends', 'hidden begins'])
  stop()
  layer.set(true)
  expect(told.slice(5)).toEqual(['hidden ends'])
})

test('a part that goes away because of the change does not keep the others from hearing of it', () => {
  const layer = createOnScreen()
  const heard: string[] = []
  const stopFirst = layer.subscribe(() => {
    heard.push('first')
    stopFirst()
  })
  layer.subscribe(() => heard.push('second'))
  layer.set(true)
  expect(heard).toEqual(['first', 'second'])
})
