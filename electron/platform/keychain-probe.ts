import { isMainThread } from 'node:worker_threads'
import { keychainWorks } from './keychain.ts'
import { answerKeychain } from './keychain-thread.ts'
import { openSystemKeychain } from './system-keychain.ts'

/** Started by tests inside a session bus of its own: says whether this computer's keychain can be used. */
if (isMainThread) {
  const works = await keychainWorks(openSystemKeychain(new URL(import.meta.url)))
  process.stdout.write(works ? 'works\n' : 'absent\n')
  process.exit(0)
} else answerKeychain()
