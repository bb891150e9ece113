import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseSync } from 'vite'
import { BROWSER_ONLY, ZONES, type Zone } from './table.ts'

/** One import statement of one file, in repository paths. */
export type ImportSite = { readonly file: string; readonly specifier: string; readonly typeOnly: boolean }

/** A sentence for each import that the table does not allow. */
export function findViolations(sites: readonly ImportSite[], zones: readonly Zone[] = ZONES): string[] {
  return sites.flatMap((site) => {
    const why = refuse(site, zones)
    return why === undefined ? [] : [`${site.file}: "${site.specifier}": ${why}`]
  })
}

/** Every static, dynamic and re-exporting import of a source file. */
export function readImports(root: string, file: string): ImportSite[] {
  const parsed = parseSync(file, readFileSync(path.join(root, file), 'utf8'))
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const source = readFileSync(path.join(root, file), 'utf8')
  return [
    ...staticImports.map((it) => ({
      file,
      specifier: it.moduleRequest.value,
      typeOnly: it.entries.length > 0 && it.entries.every((entry) => entry.isType),
    })),
    ...staticExports.flatMap((it) =>
      it.entries.flatMap((entry) =>
        entry.moduleRequest === null || entry.moduleRequest === undefined
          ? []
          : [{ file, specifier: entry.moduleRequest.value, typeOnly: entry.isType }],
      ),
    ),
    ...dynamicImports.flatMap((it) => {
      const text = source.slice(it.moduleRequest.start, it.moduleRequest.end)
      const literal = /^['"](.*)['"]$/.exec(text)?.[1]
      return literal === undefined ? [] : [{ file, specifier: literal, typeOnly: false }]
    }),
  ]
}

export function zoneOf(file: string, zones: readonly Zone[] = ZONES): Zone | undefined {
  return zones.filter((zone) => isUnder(file, zone.at)).toSorted((a, b) => b.at.length - a.at.length)[0]
}

function refuse(site: ImportSite, zones: readonly Zone[]): string | undefined {
  const zone = zoneOf(site.file, zones)
  if (zone === undefined) return 'no row of .ci/imports/table.ts covers this file'
  if (!site.specifier.startsWith('.')) return refusePackage(site, zone)
  const target = path.posix.join(path.posix.dirname(site.file), site.specifier)
  if (target.startsWith('..')) return 'leaves the repository'
  return refuseFile(site.file, target, zone)
}

function refuseFile(file: string, target: string, zone: Zone): string | undefined {
  const sameModule = moduleOf(file)
  const otherModule = moduleOf(target)
  if (sameModule !== undefined && otherModule !== undefined && sameModule !== otherModule) {
    if (file.startsWith('renderer/screens/')) return 'screens do not know each other'
    if (file.startsWith('server/modules/') && path.posix.basename(target) !== 'service.ts') {
      return 'modules talk to each other through service.ts only'
    }
  }
  const may = isTest(file) ? [...zone.may, ...(zone.tests ?? [])] : zone.may
  if (isUnder(target, zone.at) || may.some((prefix) => isUnder(target, prefix))) return undefined
  return `${zone.at} may import ${['itself', ...may].join(', ')}`
}

function refusePackage(site: ImportSite, zone: Zone): string | undefined {
  if (site.specifier.startsWith('node:'))
    return zone.node || isTest(site.file) ? undefined : `${zone.at} runs without Node`
  const name = site.specifier
    .split('/')
    .slice(0, site.specifier.startsWith('@') ? 2 : 1)
    .join('/')
  if (name === 'electron') {
    return zone.electron === true || site.typeOnly
      ? undefined
      : 'only electron/main, electron/ipc and preload/bridge.ts'
  }
  if (zone.node && BROWSER_ONLY.includes(name)) return `${name} belongs to the window`
  if (isTest(site.file)) return undefined
  return zone.packages === 'any' || zone.packages.includes(name) ? undefined : `${zone.at} may use no such package`
}

function moduleOf(file: string): string | undefined {
  return /^(?:server\/modules|renderer\/screens)\/([^/]+)\//.exec(file)?.[1]
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$|\/testing(\.ts|-|\/)/.test(file)
}

function isUnder(file: string, prefix: string): boolean {
  return file === prefix || file.startsWith(`${prefix}/`)
}
