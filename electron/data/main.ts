import { isMainThread } from 'node:worker_threads'

/** One entry for the process and for its keychain thread: a built app has one file of it, whose name only it knows. */
if (isMainThread) await (await import('./run.ts')).runDataProcess(new URL(import.meta.url))
else (await import('../platform/keychain-thread.ts')).answerKeychain()
