import { useState } from 'react'
import { AppError, type ErrorCode } from '../../../server/contract/errors.ts'
import { useLiveState } from '../../ports/live-state.tsx'
import { usePort } from '../../ports/port-context.tsx'
import { useText } from '../../text/text-context.tsx'
import { errorKey } from '../../text/words.ts'
import { Button } from '../../ui/button.tsx'
import { Card, Words } from './card.tsx'

/** The store is there, its key is not. Nothing is wiped from here, ever. */
export function NoKey() {
  const t = useText()
  const port = usePort()
  const { setApp } = useLiveState()
  const [failed, setFailed] = useState<ErrorCode | null>(null)
  const look = () =>
    void port.call('app.unlock', { passphrase: null }).then(setApp, (cause) => setFailed(AppError.from(cause).code))
  return (
    <Card title={t('access.noKey.title')}>
      <Words>{t('access.noKey.why')}</Words>
      <Words>{t('access.noKey.do')}</Words>
      {failed !== null && (
        <p role="alert" className="text-13 text-off">
          {t(errorKey(failed))}
        </p>
      )}
      <div>
        <Button autoFocus onClick={look}>
          {t('access.noKey.retry')}
        </Button>
      </div>
    </Card>
  )
}
