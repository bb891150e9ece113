import type { Failure, Report } from './report.ts'

/** More files than this are no accident of a busy machine. */
const MOST_FILES = 3

/** @returns the files to be run once more, by themselves: none when too many failed. */
export function worthSecondLook(first: Report): readonly string[] {
  const files = [...new Set(first.failures.map((failure) => failure.file))]
  return files.length > MOST_FILES ? [] : files
}

/**
 * What holds when `files` were run once more: for them what the second run says, for all others the first. What
 * failed and was not seen to pass stays failed.
 * @returns the tests that passed the second time only, to be named and mended.
 */
export function afterSecondLook(
  first: Report,
  second: Report,
  files: readonly string[],
): { readonly report: Report; readonly unsteady: readonly Failure[] } {
  const others = <T extends { readonly file: string }>(all: readonly T[]) =>
    all.filter((one) => !files.includes(one.file))
  const passes = (failure: Failure) =>
    !second.failures.some((one) => one.file === failure.file) &&
    second.passed.some((one) => one.file === failure.file && one.test === (failure.test ?? one.test))
  const unsteady = first.failures.filter(passes)
  return {
    report: {
      passed: [...others(first.passed), ...second.passed],
      failures: [
        ...second.failures,
        ...first.failures.filter((one) => !passes(one) && !second.failures.some((again) => again.file === one.file)),
      ],
      skipped: [...others(first.skipped), ...second.skipped],
    },
    unsteady,
  }
}
