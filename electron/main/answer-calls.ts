import type { IpcMainInvokeEvent, Shell } from 'electron'
import { APP_ORIGIN } from '../../preload/contract/channels.ts'
import type { Handlers, Reply } from '../../preload/contract/ipc.ts'
import { AppError } from '../../server/contract/errors.ts'
import { answerCall, type Sender } from '../ipc/answer-call.ts'
import type { DataProcess } from '../ipc/data-process.ts'
import { forwardCalls } from '../ipc/forward-calls.ts'
import type { Logger } from '../platform/logger.ts'
import type { CompareWindow } from './compare-window.ts'
import { mayOpenExternal } from './open-external.ts'

type Host = {
  readonly shell: Pick<Shell, 'openExternal'>
  readonly compare: Pick<CompareWindow, 'open'>
  readonly logger: Logger
}
type Answer = (event: IpcMainInvokeEvent, name: unknown, input: unknown) => Promise<Reply>

/** Answers the window's one channel: every call is checked for its sender frame before its name is even looked up. */
export function answerCalls(data: DataProcess, { shell, compare, logger }: Host): Answer {
  const forwarded = forwardCalls(data.call)
  const handlers: Handlers = {
    ...forwarded,
    'session.signIn': async (input) => {
      const { url } = await forwarded['session.signIn'](input)
      if (!mayOpenExternal(url)) throw new AppError('auth.denied')
      await shell.openExternal(url)
      return { url, opened: true }
    },
    'compare.popOut': async () => {
      await compare.open()
      return { url: null }
    },
  }
  return (event, name, input) => answerCall({ handlers, isTrusted, logger }, senderOf(event), name, input)
}

function isTrusted(sender: Sender): boolean {
  return sender.isMainFrame && sender.frameUrl.startsWith(`${APP_ORIGIN}/`)
}

/** The frame is null when it navigated away or was destroyed before its message arrived. */
function senderOf({ senderFrame }: IpcMainInvokeEvent): Sender {
  if (senderFrame === null) return { frameUrl: '', isMainFrame: false }
  return { frameUrl: senderFrame.url, isMainFrame: senderFrame.parent === null }
}
