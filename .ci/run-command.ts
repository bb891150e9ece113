import { spawn } from 'node:child_process'

type How = {
  readonly env?: NodeJS.ProcessEnv
  /** It is one of several that write at the same time: lines, and no drawing over what is there. */
  readonly beside?: boolean
}

/** Runs a command with this terminal's output. @returns its exit code; 1 when a signal ended it or it cannot start. */
export function runCommand(
  command: string,
  args: readonly string[],
  { env = process.env, beside = false }: How = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: beside ? ['ignore', 'pipe', 'pipe'] : 'inherit', env })
    child.stdout?.pipe(process.stdout, { end: false })
    child.stderr?.pipe(process.stderr, { end: false })
    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`)
      resolve(1)
    })
    child.once('close', (code) => resolve(code ?? 1))
  })
}
