import { readFileSync } from 'node:fs'
import path from 'node:path'

export type Test = { readonly file: string; readonly test: string }
/** `test` is missing when the whole file failed: it cannot be loaded, or a hook of it failed. */
export type Failure = { readonly file: string; readonly test?: string; readonly words: string }
export type Report = {
  readonly passed: readonly Test[]
  readonly failures: readonly Failure[]
  readonly skipped: readonly Test[]
}

type Assertion = { readonly fullName: string; readonly status: string; readonly failureMessages?: readonly string[] }
type FileResult = {
  readonly name: string
  readonly status: string
  readonly message?: string
  readonly assertionResults: readonly Assertion[]
}

/** Reads what Vitest's JSON reporter has written. @throws when there is no such file or no report in it. */
export function readReport(file: string, root = process.cwd()): Report {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as { readonly testResults: readonly FileResult[] }
  const files = testResults.map((result) => readFile(result, path.relative(root, result.name)))
  return {
    passed: files.flatMap((one) => one.passed),
    failures: files.flatMap((one) => one.failures),
    skipped: files.flatMap((one) => one.skipped),
  }
}

function readFile({ status, message, assertionResults }: FileResult, file: string): Report {
  const withStatus = (is: (status: string) => boolean) => assertionResults.filter((one) => is(one.status))
  const named = ({ fullName }: Assertion) => ({ file, test: fullName })
  const failed = withStatus((one) => one === 'failed').map((one) => ({
    ...named(one),
    words: firstLine(one.failureMessages?.[0]),
  }))
  return {
    passed: withStatus((one) => one === 'passed').map(named),
    failures: failed.length === 0 && status === 'failed' ? [{ file, words: firstLine(message) }] : failed,
    skipped: withStatus((one) => one !== 'passed' && one !== 'failed').map(named),
  }
}

function firstLine(words = ''): string {
  return words.trimStart().split('\n', 1)[0] ?? ''
}
