import { type FakeBridge, makeFakeBridge } from '../ports/fake-bridge.ts'
import { AppState, SyncStatus } from '../../preload/contract/app-state.ts'
import type { AgreementReport } from '../../preload/contract/agreement.ts'
import { type CallName, IPC_CALLS } from '../../preload/contract/ipc.ts'
import { SettingValues } from '../../preload/contract/settings.ts'
import type { PracticeLane } from '../../server/contract/domain/practice-rules.ts'
import { ERROR_CODES } from '../../server/contract/errors.ts'
import { fillAround } from '../ports/fake-around.ts'
import { FAKE_PEOPLE, FAKE_PRACTICE } from '../ports/fake-practice.ts'

/**
 * Development only: `?fake&phase=locked&sessions=0&never=queue.page&fail=queue.page:internal&connection=offline&theme=light`
 * shows any state without a backend. Never part of the product build (main.tsx asks `import.meta.env.DEV`).
 */
export function openFakeFromAddress(): FakeBridge {
  const asked = new URLSearchParams(location.search)
  const phase = AppState.shape.phase.safeParse(asked.get('phase'))
  const connection = SyncStatus.shape.connection.safeParse(asked.get('connection'))
  const reason = ERROR_CODES.find((known) => known === asked.get('reason'))
  const problem = ERROR_CODES.find((known) => known === asked.get('problem'))
  const theme = SettingValues.shape.theme.safeParse(asked.get('theme'))
  const language = SettingValues.shape.language.safeParse(asked.get('language'))
  const person = FAKE_PEOPLE[0]
  const role = AppState.shape.account.unwrap().shape.person.shape.roles.element.safeParse(asked.get('role'))
  const fake = makeFakeBridge({
    sessionCount: Number(asked.get('sessions') ?? 64),
    attentionCount: Number(asked.get('attention') ?? 0),
    app: {
      ...(phase.success && { phase: phase.data }),
      ...(phase.data === 'choose-passphrase' && { keyGuard: null }),
      ...(phase.data === 'locked' && { keyGuard: 'passphrase' }),
      ...(phase.data === 'locked' && problem !== undefined && { problem, keyGuard: 'keychain' }),
      ...(phase.data === 'signed-out' && { account: null }),
      ...(asked.has('expired') && { signInExpired: true }),
      ...(role.success &&
        person !== undefined && { account: { practice: FAKE_PRACTICE, person: { ...person, roles: [role.data] } } }),
    },
    sync: {
      ...(connection.success && {
        connection: connection.data,
        reason: connection.data === 'offline' ? 'server.unreachable' : null,
        lastSyncedAtMs: Date.now() - 900_000,
        waitingCount: 3,
      }),
      ...(asked.has('first') && { lastSyncedAtMs: null }),
      photosWaitingCount: Number(asked.get('photos') ?? 0),
      photosLeftMs: asked.has('photos') ? 190_000 : null,
      ...(reason !== undefined && { reason }),
      ...(asked.has('waiting') && { waitingCount: Number(asked.get('waiting')) }),
      ...(asked.has('confirm') && { confirmCount: Number(asked.get('confirm')) }),
      lowDisk: asked.has('lowDisk'),
      clockAheadMs: asked.has('clock') ? Number(asked.get('clock')) * 3_600_000 : null,
      copying: asked.has('copying')
        ? { first: asked.get('copying') === 'first', rowsDone: 41_230, rowsTotal: 98_114, leftMs: 130_000 }
        : null,
    },
    settings: { ...(theme.success && { theme: theme.data }), ...(language.success && { language: language.data }) },
  })
  if (asked.has('agreement')) fake.shared.agreement = SOME_AGREEMENT
  if (asked.has('lanes')) fake.shared.rules = { ...fake.shared.rules, lanes: someLanes(Number(asked.get('lanes'))) }
  fake.setLatency(Number(asked.get('latency') ?? 0), asked.getAll('never').filter(isCallName))
  for (const rule of asked.getAll('fail')) {
    const [name = '', code] = rule.split(':')
    if (isCallName(name)) fake.fail(name, ERROR_CODES.find((known) => known === code) ?? 'internal')
  }
  if (asked.has('around')) fillAround(fake)
  return fake
}

const NAMES = ['Missing photos', 'Late', 'Dr Reyes', 'First scans after Class II elastics'] as const

function someLanes(count: number): PracticeLane[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `lane${index}`,
    name: `${NAMES[index % NAMES.length] ?? ''} ${index + 1}`,
    conditions: [index % 2 === 0 ? { is: 'missing_photos' } : { is: 'waiting_longer', hours: 24 * index }],
  }))
}

const SOME_FIELD = {
  pairs: 41,
  kappa: 0.724,
  interval: [0.512, 0.861] as [number, number],
  table: [
    [22, 3, 0],
    [4, 7, 1],
    [0, 1, 3],
  ],
}
const NO_FIELD = {
  pairs: 0,
  kappa: null,
  interval: null,
  table: [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
}
const SAME_FIELD = { ...NO_FIELD, pairs: 12, table: [[12, 0, 0], ...NO_FIELD.table.slice(1)] }
const SOME_AGREEMENT: AgreementReport = {
  from: '2026-01-01',
  to: '2026-03-31',
  between: { overallTracking: SOME_FIELD, alignerFit: SAME_FIELD, oralHygiene: SOME_FIELD },
  within: { overallTracking: NO_FIELD, alignerFit: NO_FIELD, oralHygiene: NO_FIELD },
  drawn: 63,
  waiting: 9,
}

function isCallName(name: string): name is CallName {
  return name in IPC_CALLS
}
