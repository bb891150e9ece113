import { expect, test } from 'vitest'
import { BuiltInLane } from '../../../preload/contract/queue.ts'
import { COMMANDS } from '../../commands/table.ts'
import { LANE_KEYS } from './lane-list.tsx'

test('the lanes stand under the digits in the order in which they are shown', () => {
  expect(BuiltInLane.options.map((lane) => COMMANDS[LANE_KEYS[lane]].keys)).toEqual(
    BuiltInLane.options.map((_, index) => [String(index + 1)]),
  )
})
