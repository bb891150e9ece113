import { isMainThread, workerData } from 'node:worker_threads'

/** One entry for the process and for its threads: a built app has one file of it, whose name only it knows. */
if (isMainThread) await (await import('./run.ts')).runDataProcess(new URL(import.meta.url))
else if (workerData === 'rows')
  (await import('../sync/rows-thread.ts')).readRowsInThread() // ROWS_THREAD
else (await import('../platform/keychain-thread.ts')).answerKeychain()
