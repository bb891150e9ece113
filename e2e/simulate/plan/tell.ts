import type { CrashAt } from '../workstation/disk.ts'
import type { StopAt } from '../server/statement-gate.ts'
import type { Fate } from './fates.ts'
import type { Plan, Step } from './steps.ts'

/** A run as a person reads it. */
export function tellPlan(plan: Plan): string[] {
  const { practices, stations, pageRows } = plan.scene
  const scene = [
    ...practices.map(
      (practice, n) =>
        `practice ${n + 1}: ${practice.people} people, ${practice.patients} patients, ${practice.scans} scans`,
    ),
    ...stations.map(
      (station, n) =>
        `w${n + 1} of practice ${station.practice + 1}, used by person ${station.people.map((p) => p + 1).join(' and ')}${fatesOf('the requests of its first copy', station.first)}${crash(station.crash)}`,
    ),
    `pages of ${pageRows} rows`,
  ]
  return [...scene, ...plan.steps.map((step, n) => `${String(n + 1).padStart(3)}. ${tell(step)}`)]
}

function tell(step: Step): string {
  switch (step.do) {
    case 'decide':
      return `on w${step.at + 1} somebody decides about scan ${step.scan} (way ${step.kind})${crash(step.crash)}`
    case 'patient':
      return `on w${step.at + 1} somebody sets patient ${step.patient} to stage ${step.stage}${crash(step.crash)}`
    case 'practice':
      return `on w${step.at + 1} somebody works on the practice: ${step.work} ${step.number}${crash(step.crash)}`
    case 'take-back':
      return `on w${step.at + 1} the last decision is taken back`
    case 'sync':
      return `w${step.at + 1} talks to the server${fatesOf('its pushes', step.push)}${fatesOf('its other requests', step.pull)}${crash(step.crash)}`
    case 'wait':
      return `${step.ms} ms pass${step.crash === undefined ? '' : ` (w${step.crash.at + 1}${crash(step.crash)})`}`
    case 'crash':
      return `w${step.at + 1} is killed and started again`
    case 'switch':
      return `on w${step.at + 1} person ${step.person + 1} of its people signs in`
    case 'clock':
      return `the clock of w${step.at + 1} jumps by ${step.byMs} ms`
    case 'cable':
      return `the cable of w${step.at + 1} is ${step.cut ? 'pulled out' : 'put in'}`
    case 'sign-in':
      return step.over ? `the sign-in on w${step.at + 1} is over` : `the person on w${step.at + 1} signs in again`
    case 'release':
      return `what stands still goes on (number ${step.held})`
    case 'stale':
      return `an old request arrives (number ${step.request})`
    case 'restart':
      return 'the server ends and starts again'
    case 'scan':
      return `practice ${step.practice + 1} gets a scan of patient ${step.patient}`
    case 'role':
      return `person ${step.person + 1} of practice ${step.practice + 1} ${step.clinician ? 'is a clinician' : 'is a clinician no more'}`
    case 'attend':
      return `on w${step.at + 1} entry ${step.entry} under needs attention: ${step.how}`
    case 'disk':
      return `the disk of w${step.at + 1} ${step.full ? 'is full' : 'has room'}`
    case 'withdraw':
      return `practice ${step.practice + 1} withdraws scan ${step.scan}`
    case 'away':
      return `${step.days} days pass with everybody away; the server does its nightly work`
    case 'show':
      return `on w${step.at + 1} photo ${step.photo} comes on screen${fatesOf('its requests', step.fates)}${crash(step.crash)}`
    case 'damage':
      return `the file of w${step.at + 1} loses row ${step.row}`
    case 'version':
      return `w${step.at + 1} speaks ${step.old ? 'an old' : 'the present'} protocol`
  }
}

function crash(at: CrashAt | undefined): string {
  return at === undefined ? '' : `, and is killed ${at.when} the commit of its write ${at.write}`
}

function fatesOf(what: string, fates: readonly Fate[]): string {
  const last = fates.findLastIndex(({ kind }) => kind !== 'ok')
  const told = fates.slice(0, last + 1).map(fateOf)
  return told.length === 0 ? '' : `; ${what}: ${told.join(', then ')}`
}

function fateOf(fate: Fate): string {
  switch (fate.kind) {
    case 'hold':
      return `stands still before ${place(fate.at)}`
    case 'die':
      return `the server ends before ${place(fate.at)}`
    case 'die-after':
      return `the server ends after commit ${fate.commit}`
    case 'slow':
      return `its ${fate.half} takes its time`
    case 'ok':
    case 'refused':
    case 'lost':
    case 'answer-lost':
    case 'late':
    case 'twice':
    case 'expired':
    case 'proxy':
    case 'busy':
    case 'truncated':
    case 'garbled':
      return fate.kind
  }
}

function place(at: StopAt): string {
  return 'commit' in at ? `commit ${at.commit}` : `statement ${at.statement}`
}
