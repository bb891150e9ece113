import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { RouteSpec } from '../../contract/api/route.ts'
import { ROUTES } from '../../contract/api/routes.ts'
import { Role } from '../../contract/domain/roles.ts'
import { MUTATIONS } from '../../contract/sync/mutations.ts'

const page = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8')

function tableOf(first: string, callers: readonly string[], rows: readonly (readonly [string, readonly string[]])[]) {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const heads = callers.map((caller) => caller.replace('_', ' '))
  const marks = (who: readonly string[]) =>
    callers.map((caller) => (who.includes(caller) || who.includes('public') ? 'yes' : ''))
  return [
    line([first, ...heads]),
    line(['---', ...callers.map(() => ':-:')]),
    ...rows.map(([name, who]) => line([`\`${name}\``, ...marks(who)])),
  ].join('\n')
}

test('docs/security.md says who may call which address: put the table below there when it does not', () => {
  const rows = Object.entries<RouteSpec>(ROUTES).map(([name, { who }]) => [name, who] as const)
  expect(page).toContain(tableOf('address', ['nobody', 'intake', ...Role.options], rows))
})

test('docs/security.md says whose changes are applied: put the table below there when it does not', () => {
  const rows = Object.entries(MUTATIONS).map(([name, { who }]) => [name, who] as const)
  expect(page).toContain(tableOf('change', Role.options, rows))
})
