import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take half a minute and more, the longest first. Begun last, one of them would keep everybody waiting. */
const LONG = [
  'e2e/simulate.test.ts',
  'e2e/torture.test.ts',
  'e2e/journey.test.ts',
  'e2e/conflicts.test.ts',
  'e2e/decide.test.ts',
  'e2e/keyboard.test.ts',
  'renderer/app/every-key.test.tsx',
  'electron/data/faults.test.ts',
  'electron/data/data-process.test.ts',
  'electron/data/leaving.test.ts',
  'electron/data/grace.test.ts',
  'server/main-stops.test.ts',
]

/** Vitest's own order is by what it measured the last time, which a clean clone does not have. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((file) => moduleId.endsWith(`/${file}`))
      return at === -1 ? LONG.length : at
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- Vitest's own method of that name
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
