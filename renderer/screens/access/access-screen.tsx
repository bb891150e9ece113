import type { AppState } from '../../../preload/contract/app-state.ts'
import { ChoosePassphrase } from './choose-passphrase.tsx'
import { Locked } from './locked.tsx'
import { NoAccess } from './no-access.tsx'
import { NoKey } from './no-key.tsx'
import { SignedOut } from './signed-out.tsx'

/** Everything before the practice's data is on screen. `ready` belongs to the shell. */
export function AccessScreen({ app }: { readonly app: AppState }) {
  switch (app.phase) {
    case 'choose-passphrase':
      return <ChoosePassphrase />
    case 'locked':
      return <Locked keyGuard={app.keyGuard} problem={app.problem} letGo={app.letGo} />
    case 'no-key':
      return <NoKey />
    case 'signed-out':
      return <SignedOut serverUrl={app.serverUrl} letGo={app.letGo} />
    case 'no-access':
      return <NoAccess account={app.account} />
    case 'ready':
      return null
  }
}
