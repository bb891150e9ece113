import type { AppState } from '../../../preload/contract/app-state.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { Card, Words } from './card.tsx'
import { LetGoLine } from './let-go-line.tsx'
import { useHasNetwork } from './use-has-network.ts'
import { type SignIn, useSignIn } from './use-sign-in.ts'

export function SignedOut({ serverUrl, letGo }: Pick<AppState, 'serverUrl' | 'letGo'>) {
  const t = useText()
  const { state, start } = useSignIn()
  return (
    <Card title={t('access.signIn.title')}>
      <Trouble state={state} serverUrl={serverUrl} />
      <LetGoLine letGo={letGo} />
      {state.kind === 'waiting' ? (
        <Waiting url={state.url} onAgain={start} />
      ) : (
        <>
          <Words>{t('access.signIn.why')}</Words>
          <div className="flex items-center gap-3">
            <Button look="primary" onClick={start} disabled={state.kind === 'asking'} autoFocus>
              {t('access.signIn.submit')}
            </Button>
            <span role="status" className="text-13 text-dim">
              {state.kind === 'asking' && t('access.signIn.opening')}
            </span>
          </div>
        </>
      )}
    </Card>
  )
}

/** In the app the host opens the browser; in preview the window must, and a blocked pop-up needs a real link. */
function Waiting({ url, onAgain }: { readonly url: string; readonly onAgain: () => void }) {
  const t = useText()
  const port = usePort()
  return (
    <>
      <p role="status" className="text-15">
        {t('access.signIn.waiting')}
      </p>
      <Words>{t('access.signIn.waitingHelp')}</Words>
      <div>
        {port.host === 'preview' ? (
          <a href={url} target="_blank" rel="noopener" className="text-13 text-accent underline underline-offset-2">
            {t('access.signIn.openAgain')}
          </a>
        ) : (
          <Button onClick={onAgain}>{t('access.signIn.openAgain')}</Button>
        )}
      </div>
    </>
  )
}

/** No network, no server, or a refusal: what happened, and what to do. */
function Trouble({ state, serverUrl }: { readonly state: SignIn; readonly serverUrl: string }) {
  const t = useText()
  const { sync } = useLiveState()
  const hasNetwork = useHasNetwork()
  const code = state.kind === 'failed' ? state.code : sync?.connection === 'offline' ? sync.reason : null
  if (hasNetwork && code === null) return null
  const isServer = code === null || code === 'server.unreachable' || code === 'server.silent'
  const title = !hasNetwork ? 'access.signIn.noNetwork' : isServer ? 'access.signIn.noServer' : errorKey(code)
  const server = URL.canParse(serverUrl) ? new URL(serverUrl).host : serverUrl
  return (
    <div role="alert" className="border-l-2 border-minor pl-3">
      <p className="text-13 font-medium">
        <StatusDot tone="minor">
          <span className="whitespace-normal text-ink">{t(title)}</span>
        </StatusDot>
      </p>
      {!hasNetwork && <Words>{t('access.signIn.noNetworkHelp')}</Words>}
      {hasNetwork && isServer && <Words>{t('access.signIn.noServerHelp', { server })}</Words>}
    </div>
  )
}
