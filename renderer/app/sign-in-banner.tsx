import { useSignIn } from '../screens/access/use-sign-in.ts'
import { useText } from '../text/text-context.tsx'
import { errorKey } from '../text/words.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'

/** The token could not be renewed: work goes on, nothing is sent. */
export function SignInBanner() {
  const t = useText()
  const { state, start } = useSignIn()
  const words =
    state.kind === 'failed'
      ? t(errorKey(state.code))
      : state.kind === 'waiting'
        ? t('access.signIn.waitingHelp')
        : t('status.expired')
  return (
    <Banner tone="minor" action={<Button onClick={start}>{t('status.signInAgain')}</Button>}>
      {words}
    </Banner>
  )
}
