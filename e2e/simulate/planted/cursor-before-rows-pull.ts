import { createPuller as real } from '../../../electron/sync/pull.ts'
import type { ServerApi } from '../../../electron/platform/server-api.ts'
import { writeIfRoom } from '../../../electron/store/db.ts'
import { getPosition, savePosition } from '../../../electron/store/sync-state/sync-state.ts'
import type { PullAnswer } from '../../../server/contract/sync/wire.ts'

export * from '../../../electron/sync/pull.ts'

export const createPuller: typeof real = (seams) => {
  const puller = real(seams)
  const forward = ({ epoch, to: seq }: PullAnswer) =>
    writeIfRoom(seams.db, (tx) => savePosition(tx, { ...getPosition(tx), epoch, seq }))
  const wrap = (api: ServerApi): ServerApi => ({
    call: async (name, request) => {
      const answer = await api.call(name, request)
      if (name === 'sync.pull') forward(answer as PullAnswer) // what that route answers
      return answer
    },
  })
  return { ...puller, step: (api) => puller.step(wrap(api)) }
}
