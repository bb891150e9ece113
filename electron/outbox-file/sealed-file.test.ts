import { randomBytes } from 'node:crypto'
import { v7 } from 'uuid'
import { beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../server/contract/errors.ts'
import { OutboxContents } from './contents.ts'
import { openOutbox, sealOutbox } from './sealed-file.ts'

const PASSPHRASE = 'a passphrase of Zoë’s'
const contents = OutboxContents.parse({
  practiceId: v7(),
  practiceName: 'Testing Orthodontics',
  person: { id: v7(), displayName: 'Dr Vera Blum' },
  clientId: v7(),
  exportedAtMs: 17e11,
  mutations: [1, 2].map((clientSeq) => ({
    id: v7(),
    clientSeq,
    name: 'read.record',
    version: 1,
    args: { notes: 'a note about Quillfeather' },
    base: {},
    queuedAtMs: 17e11,
  })),
})
let file: Buffer
let headerLength: number
beforeAll(async () => {
  file = await sealOutbox(contents, PASSPHRASE)
  headerLength = file.indexOf('\n') + 1
})

/** What becomes of each file: every one of them in these tests is refused with the same word. */
const outcomesOf = async (files: readonly Uint8Array[], passphrase = PASSPHRASE): Promise<string[]> => {
  const outcomes = new Set<string>()
  for (const bytes of files) {
    const opened = openOutbox(bytes, passphrase)
    outcomes.add(
      await opened.then(
        () => 'opened',
        (cause: unknown) => AppError.from(cause).code,
      ),
    )
  }
  return [...outcomes]
}
const REFUSED = ['outbox.unreadable']
const flipped = (at: number) => {
  const copy = Buffer.from(file)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
const withHeader = (change: (header: Record<string, unknown>) => unknown) => {
  const header = JSON.parse(file.subarray(0, headerLength).toString()) as Record<string, unknown> // made above
  return Buffer.concat([Buffer.from(`${JSON.stringify(change(header))}\n`), file.subarray(headerLength)])
}
const withKdf = (change: object) =>
  withHeader((header) => ({ ...header, kdf: { ...(header['kdf'] as object), ...change } }))

it('gives back what went in, under the same passphrase however it is typed', async () => {
  expect(await openOutbox(file, PASSPHRASE)).toEqual(contents)
  expect(await openOutbox(new Uint8Array(file), PASSPHRASE.normalize('NFD'))).toEqual(contents)
})

it('shows nothing of it, and no two files are alike', async () => {
  const again = await sealOutbox(contents, PASSPHRASE)
  for (const secret of ['Quillfeather', 'read.record', 'Vera', contents.practiceId])
    expect(file.includes(Buffer.from(secret))).toBe(false)
  expect(again.subarray(headerLength, headerLength + 64)).not.toEqual(file.subarray(headerLength, headerLength + 64))
})

it('refuses another passphrase', async () => {
  expect(await outcomesOf([file], 'another passphrase')).toEqual(REFUSED)
})

describe('a file that was changed', () => {
  it('is refused, wherever a bit differs', async () => {
    const length = file.byteLength
    const line = [0, 12, 40, headerLength / 2, headerLength - 3, headerLength - 1] // its last brace and its end too
    const sealed = [headerLength, headerLength + 1, (headerLength + length) / 2, length - 17]
    const tag = [length - 16, length - 8, length - 1]
    const places = [...line, ...sealed, ...tag]
    expect(await outcomesOf(places.map((at) => flipped(Math.floor(at))))).toEqual(REFUSED)
  })

  it('is refused when it is cut, or goes on', async () => {
    const lengths = [0, 1, headerLength - 1, headerLength, headerLength + 16, file.byteLength - 1]
    const cut = lengths.map((length) => file.subarray(0, length))
    const longer = [Buffer.from('x'), file].map((more) => Buffer.concat([file, more]))
    expect(await outcomesOf([...cut, ...longer])).toEqual(REFUSED)
  })

  it('is refused when its line says the same in other words', async () => {
    const files = [
      withHeader((header) => Object.fromEntries(Object.entries(header).toReversed())),
      withKdf({ cost: 2 ** 16 }),
      withKdf({ salt: randomBytes(16).toString('base64') }),
      withHeader((header) => ({ ...header, nonce: randomBytes(12).toString('base64') })),
    ]
    expect(await outcomesOf(files)).toEqual(REFUSED)
  })
})

describe('a hostile file', () => {
  it.each([
    ['wants all the memory', { cost: 2 ** 30 }],
    ['wants much of it', { cost: 2 ** 20 }],
    ['wants no work at all', { cost: 2 }],
    ['wants a cost that is none', { cost: 100_000 }],
    ['wants large blocks', { blockSize: 1024 }],
    ['wants many lanes', { parallelization: 1000 }],
    ['has hardly any salt', { salt: 'AAAA' }],
    ['names another derivation', { name: 'pbkdf2' }],
    ['says more than it may', { more: true }],
  ])('%s: it is refused before any key is derived', async (_, change) => {
    const began = process.cpuUsage()
    expect(await outcomesOf([withKdf(change)])).toEqual(REFUSED)
    const { user, system } = process.cpuUsage(began) // of all threads, in microseconds, whatever else the machine does
    expect(user + system).toBeLessThan(300_000) // a key takes longer on any machine
  })

  it('of another kind or a later version is refused', async () => {
    const files = [
      withHeader((header) => ({ ...header, version: 2 })),
      withHeader((header) => ({ ...header, format: 'zip' })),
      withHeader(() => null),
      Buffer.from('{'.repeat(5000)),
      randomBytes(5000),
      Buffer.alloc(5000, '\n'),
    ]
    expect(await outcomesOf(files)).toEqual(REFUSED)
  })

  it('whose sealed contents are none is refused, though its passphrase is right', async () => {
    const [first, second] = contents.mutations
    if (first === undefined || second === undefined) throw new Error('two were made')
    const odd: object[] = [
      { ...contents, mutations: [] },
      { ...contents, mutations: [first, { ...second, clientSeq: 3 }] },
      { ...contents, mutations: [second, first] },
      { ...contents, person: { id: 'nobody', displayName: '' } },
      { ...contents, more: 1 },
    ]
    const seal = (wrong: object) => sealOutbox(wrong as OutboxContents, PASSPHRASE) // as a hostile program would
    expect(await outcomesOf(await Promise.all(odd.map(seal)))).toEqual(REFUSED)
  })
})
