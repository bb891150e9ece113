import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../contract/errors.ts'
import type { Expected, Processed } from './expected.ts'

export type PoolOptions = {
  readonly workers: number
  readonly timeoutMs: number
  /** A worker that grew beyond this is replaced after its photo: WebAssembly memory never shrinks. */
  readonly residentLimitBytes: number
  /** Program of a worker; tests put one in its place that hangs or crashes. */
  readonly program: URL
}

export type WorkerPool = {
  /** @throws AppError `server.busy` when the pool is closed meanwhile, or no decoder can be started: that says nothing about the photo */
  process(bytes: Uint8Array, expected: Expected, lane: Lane): Promise<Processed>
  /** Ids of the live workers, for measuring. */
  pids(): number[]
  close(): void
}

/** `heavy` photos need hundreds of megabytes to decode: one at a time, each in a worker of its own that ends with it. */
export type Lane = 'light' | 'heavy'

type Job = {
  readonly bytes: Uint8Array
  readonly expected: Expected
  readonly lane: Lane
  readonly done: (answer: Processed) => void
  readonly fail: (cause: AppError) => void
  /** Decoders that ended while they had it. The first may have been killed from outside (memory); two are the photo's doing. */
  crashes: number
}
type Answer = { readonly processed: Processed; readonly residentBytes: number }

/**
 * Nothing of the server's own environment, which may hold secrets. The settings are for glibc, other systems ignore
 * them: fewer arenas, and for heavy photos large buffers that go back at once (which costs a light photo a quarter more time).
 */
const ENVIRONMENT: Readonly<Record<Lane, NodeJS.ProcessEnv>> = {
  light: { MALLOC_ARENA_MAX: '2' },
  heavy: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '262144' },
}

/**
 * Decodes in child processes, so that a decoder's crash or hang ends one photo and never the server.
 * Workers start with the first photo and do not keep the process alive while they are idle.
 */
export function createWorkerPool(options: PoolOptions): WorkerPool {
  const waiting: Job[] = []
  const idle: ChildProcess[] = []
  const live = new Set<ChildProcess>()
  const heavy = new Set<ChildProcess>()
  /** How the photo that a worker has is handed back undecided. */
  const running = new Map<ChildProcess, () => void>()

  function next(): void {
    const at = waiting.findIndex((job) => job.lane === 'light' || heavy.size === 0)
    if (at < 0) return
    const lane = waiting[at]?.lane ?? 'light'
    const worker = lane === 'heavy' ? findFreshWorker() : (idle.pop() ?? findFreshWorker())
    const [job] = worker === undefined ? [] : waiting.splice(at, 1)
    if (worker !== undefined && job !== undefined) run(worker, job)

    /** Makes room by ending an idle worker, whose exit comes back here. */
    function findFreshWorker(): ChildProcess | undefined {
      if (live.size < options.workers) return startWorker(lane)
      idle.pop()?.kill('SIGKILL')
      return undefined
    }
  }

  function startWorker(lane: Lane): ChildProcess {
    const worker = fork(fileURLToPath(options.program), [], {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=256'],
      env: ENVIRONMENT[lane],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    live.add(worker)
    const gone = () => {
      live.delete(worker)
      heavy.delete(worker)
      const at = idle.indexOf(worker)
      if (at >= 0) idle.splice(at, 1)
      next()
    }
    worker.on('exit', gone)
    worker.on('error', () => {
      if (neverStarted(worker)) gone() // it has no exit to come
    })
    return worker
  }

  function run(worker: ChildProcess, job: Job): void {
    hold(worker)
    if (job.lane === 'heavy') heavy.add(worker)
    const state = { left: false }
    const leave = () => {
      state.left = true
      clearTimeout(timer)
      running.delete(worker)
      worker.off('message', onAnswer).off('exit', onExit).off('error', onExit)
    }
    const finish = (answer: Processed, keep: boolean) => {
      leave()
      job.done(answer)
      if (keep) {
        heavy.delete(worker)
        release(worker)
        idle.push(worker)
        next()
      } else worker.kill('SIGKILL') // its exit makes room for the next
    }
    const onAnswer = ({ processed, residentBytes }: Answer) =>
      finish(processed, job.lane === 'light' && residentBytes <= options.residentLimitBytes)
    const handBack = () => {
      leave()
      job.fail(new AppError('server.busy'))
    }
    const onExit = () => {
      if (state.left) return // the end of a decoder is heard here by its exit and by what could not be sent to it
      if (neverStarted(worker)) return handBack()
      job.crashes += 1
      if (job.crashes > 1) return finish({ ok: false, refusal: 'damaged' }, false)
      leave()
      waiting.unshift(job)
      worker.kill('SIGKILL')
      next()
    }
    const timer = setTimeout(() => finish({ ok: false, refusal: 'took-too-long' }, false), options.timeoutMs)
    running.set(worker, handBack)
    worker.on('message', onAnswer).on('exit', onExit).on('error', onExit)
    worker.send({ bytes: job.bytes, expected: job.expected }, (error) => {
      if (error !== null) onExit()
    })
  }

  return {
    process: (bytes, expected, lane) =>
      new Promise((done, fail) => {
        waiting.push({ bytes, expected, lane, done, fail, crashes: 0 })
        next()
      }),
    pids: () => [...live].flatMap((worker) => worker.pid ?? []),
    close() {
      for (const job of waiting.splice(0)) job.fail(new AppError('server.busy'))
      for (const handBack of running.values()) handBack()
      for (const worker of live) worker.kill('SIGKILL')
    },
  }
}

/** The system had no process left for it: that says nothing about the photo. */
function neverStarted(worker: ChildProcess): boolean {
  return worker.pid === undefined
}

function hold(worker: ChildProcess): void {
  worker.ref()
  worker.channel?.ref()
}

function release(worker: ChildProcess): void {
  worker.unref()
  worker.channel?.unref()
}
