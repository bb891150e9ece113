/**
 * Who may import whom (ARCHITECTURE.md, "The import table"). One row per zone; a file belongs to the row with the
 * longest matching path. Whatever a row does not name is forbidden: a new folder needs a row before it may import.
 */
export type Zone = {
  /** Path prefix from the repository's root. */
  readonly at: string
  /** Prefixes that may be imported besides the zone itself. */
  readonly may: readonly string[]
  /** Prefixes that its tests alone may import too: what stands above it and drives it. */
  readonly tests?: readonly string[]
  /** npm packages that may be imported; `any` outside the pure zones. */
  readonly packages: 'any' | readonly string[]
  /** Node's own modules (`node:fs`). */
  readonly node: boolean
  /** The `electron` package itself. */
  readonly electron?: boolean
  /** Zones that only compose (entry points, benchmarks) say why. */
  readonly why?: string
}

const CONTRACTS = ['server/contract', 'preload/contract'] as const
const REACT_FREE = ['react', 'react-dom']
export const BROWSER_ONLY = REACT_FREE

export const ZONES: readonly Zone[] = [
  { at: 'server/contract', may: [], packages: ['zod'], node: false },
  { at: 'preload/contract', may: ['server/contract'], packages: ['zod'], node: false },
  { at: 'preload', may: CONTRACTS, packages: [], node: false },
  { at: 'preload/bridge.ts', may: ['preload', ...CONTRACTS], packages: [], node: false, electron: true },

  { at: 'electron/platform', may: CONTRACTS, packages: 'any', node: true },
  {
    at: 'electron/store',
    may: ['electron/platform', ...CONTRACTS],
    tests: ['electron/sync', 'electron/media'],
    packages: 'any',
    node: true,
  },
  { at: 'electron/session', may: ['electron/store', 'electron/platform', ...CONTRACTS], packages: 'any', node: true },
  { at: 'electron/live', may: ['electron/platform', ...CONTRACTS], packages: 'any', node: true },
  {
    at: 'electron/media',
    may: ['electron/store', 'electron/platform', ...CONTRACTS],
    tests: ['electron/sync'],
    packages: 'any',
    node: true,
  },
  {
    at: 'electron/sync',
    may: ['electron/store', 'electron/live', 'electron/platform', ...CONTRACTS],
    packages: 'any',
    node: true,
  },
  {
    at: 'electron/outbox-file',
    may: ['electron/store', 'electron/platform', ...CONTRACTS],
    packages: 'any',
    node: true,
  },
  {
    at: 'electron/data',
    may: [
      'electron/store',
      'electron/outbox-file',
      'electron/sync',
      'electron/media',
      'electron/live',
      'electron/session',
      'electron/platform',
      ...CONTRACTS,
    ],
    packages: 'any',
    node: true,
    why: 'composes the data process',
  },
  { at: 'electron/data/protocol.ts', may: CONTRACTS, packages: [], node: false },
  {
    at: 'electron/ipc',
    may: ['electron/data/protocol.ts', 'electron/platform', ...CONTRACTS],
    packages: 'any',
    node: true,
    electron: true,
  },
  {
    at: 'electron/preview',
    may: ['electron/ipc', 'electron/data/protocol.ts', 'electron/platform', ...CONTRACTS],
    packages: 'any',
    node: true,
  },
  {
    at: 'electron/main',
    may: ['electron/ipc', 'electron/data/protocol.ts', 'electron/platform', ...CONTRACTS],
    packages: 'any',
    node: true,
    electron: true,
  },

  { at: 'renderer/text', may: ['server/contract/domain', 'server/contract/errors.ts'], packages: 'any', node: false },
  {
    at: 'renderer/ports',
    may: ['preload/contract', 'server/contract/domain', 'server/contract/errors.ts', 'server/contract/sync'],
    packages: 'any',
    node: false,
  },
  {
    at: 'renderer/viewer',
    may: ['renderer/ports', 'server/contract/domain/photos.ts'],
    packages: 'any',
    node: false,
    why: 'knows pixels, not patients',
  },
  {
    at: 'renderer/align',
    may: ['renderer/ports', 'renderer/viewer/decode.ts', 'preload/contract', 'server/contract/domain'],
    packages: 'any',
    node: false,
    why: 'knows pixels and pairs, not patients',
  },
  {
    at: 'renderer/checks',
    may: [
      'renderer/ports',
      'renderer/align',
      'renderer/viewer/decode.ts',
      'preload/contract',
      'server/contract/domain',
    ],
    packages: 'any',
    node: false,
    why: 'knows pixels and slots, not patients',
  },
  { at: 'renderer/ui', may: ['renderer/text'], packages: 'any', node: false },
  {
    at: 'renderer/commands',
    may: ['renderer/ui', 'renderer/text', 'renderer/ports', 'preload/contract'],
    packages: 'any',
    node: false,
  },
  {
    at: 'renderer/patient',
    may: [
      'renderer/ports',
      'renderer/viewer/after-paint.ts', // when to ask: after the photos
      'renderer/commands',
      'renderer/ui',
      'renderer/text',
      'preload/contract',
      'server/contract/domain',
      'server/contract/errors.ts',
    ],
    packages: 'any',
    node: false,
    why: 'a patient’s details: queue, review and needs attention open the same form',
  },
  {
    at: 'renderer/screens',
    may: [
      'renderer/ports',
      'renderer/commands',
      'renderer/patient',
      'renderer/viewer',
      'renderer/align',
      'renderer/checks',
      'renderer/ui',
      'renderer/text',
      'preload/contract',
      'server/contract/domain',
      'server/contract/errors.ts',
      'server/contract/sync',
    ],
    packages: 'any',
    node: false,
  },
  {
    at: 'renderer/compare-window',
    may: [
      'renderer/screens/review',
      'renderer/ports',
      'renderer/viewer',
      'renderer/ui',
      'renderer/text',
      'preload/contract',
      'server/contract/domain',
    ],
    packages: 'any',
    node: false,
    why: 'the stage of the review screen in a window of its own',
  },
  {
    at: 'renderer/app',
    may: ['renderer', 'preload/contract', 'server/contract/domain', 'server/contract/errors.ts'],
    packages: 'any',
    node: false,
    why: 'composes the window',
  },

  { at: 'server/platform', may: ['server/contract', 'server/migrations'], packages: 'any', node: true },
  { at: 'server/migrations', may: [], tests: ['server/platform'], packages: ['kysely'], node: true },
  {
    at: 'server/modules',
    may: ['server/contract', 'server/platform', 'server/http/handler.ts'],
    tests: ['server/http/testing'],
    packages: 'any',
    node: true,
  },
  { at: 'server/http', may: ['server/contract', 'server/platform'], packages: 'any', node: true },
  {
    at: 'server/demo',
    may: ['server/contract', 'server/platform', 'server/modules'],
    packages: 'any',
    node: true,
  },
  {
    at: 'server/intake',
    may: ['server/contract', 'server/platform/node-version.ts'],
    packages: 'any',
    node: true,
    why: 'a client of the public API',
  },
  { at: 'server', may: ['server'], packages: 'any', node: true, why: 'main.ts composes the server' },

  { at: 'resources', may: ['server/contract'], packages: 'any', node: true },
  { at: 'e2e', may: [...CONTRACTS], packages: 'any', node: true },
  {
    at: 'e2e/bench',
    may: [
      'e2e',
      'server',
      'electron',
      'renderer/align',
      'renderer/checks',
      'renderer/viewer',
      'resources/sample-cases',
      ...CONTRACTS,
    ],
    packages: 'any',
    node: true,
    why: 'measures the parts themselves',
  },
  {
    at: 'e2e/away',
    may: ['e2e', 'server', 'electron', ...CONTRACTS],
    packages: 'any',
    node: true,
    why: 'moves the clocks of the real server and the real sync by months',
  },
  {
    at: 'e2e/torture',
    may: ['e2e', 'electron/data/testing', 'electron/platform', 'server/demo/testing', ...CONTRACTS],
    packages: 'any',
    node: true,
    why: 'kills a real data process: drives it by its own protocol, and reads its encrypted file behind its back',
  },
  {
    at: 'e2e/simulate',
    may: ['e2e', 'server', 'electron', ...CONTRACTS],
    packages: 'any',
    node: true,
    why: 'drives the real sync, store and server modules from one seed',
  },
  {
    at: 'e2e/clinicians',
    may: [
      'e2e',
      'electron/data/testing',
      'electron/store/testing.ts',
      'server/demo/testing',
      'server/demo/people.ts',
      ...CONTRACTS,
    ],
    packages: 'any',
    node: true,
    why: 'seats people at real data processes, each with a store of their own, around one real server',
  },
  { at: '.ci', may: [], packages: 'any', node: true },
]
