import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const NEEDED = ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']
const PASSWORD = 'throw-away'

/** Programs of a Linux keyring that are not installed here. */
export function listMissingPrograms(): string[] {
  return NEEDED.filter((name) => spawnSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' }).status !== 0)
}

/** A session bus without any service to start by itself. */
const BUS = (socket: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>`

/** A session bus and a keyring of their own, in a home that is thrown away. */
export async function startKeyring() {
  const home = mkdtempSync(path.join(tmpdir(), 'loupe-keyring-'))
  const config = path.join(home, 'bus.conf')
  writeFileSync(config, BUS(path.join(home, 'bus')))
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    XDG_RUNTIME_DIR: home,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${home}/bus`,
  }
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(bus.stdout, 'data')
  const state = { daemon: await startDaemon(env) }
  return {
    env,
    /** The secrets that Loupe has put into it. */
    listSecrets: () => askKeyring(env),
    forgetSecrets: () => askKeyring(env, '--forget'),
    /** The keyring is no longer there; its file is. */
    end: () => endOf(state.daemon),
    startAgain: async () => {
      state.daemon = await startDaemon(env)
    },
    close: async () => {
      await endOf(state.daemon)
      await endOf(bus)
      rmSync(home, { recursive: true, force: true })
    },
  }
}

function askKeyring(env: NodeJS.ProcessEnv, ...args: readonly string[]): string[] {
  const file = path.join(import.meta.dirname, 'ask-keyring.ts')
  return JSON.parse(execFileSync(process.execPath, [file, ...args], { env, encoding: 'utf8' })) as string[] // its own
}

async function startDaemon(env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end(PASSWORD)
  const hasOwner = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus']
  const ask = [...hasOwner, 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets']
  while (!spawnSync('dbus-send', ask, { env, encoding: 'utf8' }).stdout.includes('boolean true')) {
    if (daemon.exitCode !== null) throw new Error('the keyring did not start')
    await sleep(20) // the bus offers no other way to be told
  }
  return daemon
}

async function endOf(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
