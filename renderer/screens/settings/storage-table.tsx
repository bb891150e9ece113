import type { ReactNode } from 'react'
import type { StorageUsage } from '../../../preload/contract/storage.ts'
import { useText, useTimes } from '../../text/text-context.tsx'

/** In the order in which people think of them; the practice itself is one row. */
const KINDS = ['patient', 'session', 'read', 'action', 'person'] as const

/** Everything that is kept, by how long it stays; sums to what Loupe takes of the disk. */
export function StorageTable({ usage }: { readonly usage: StorageUsage }) {
  const t = useText()
  const times = useTimes()
  const { rows, storeBytes, photos, unsent } = usage
  const totalBytes = storeBytes + photos.reduce((sum, { bytes }) => sum + bytes, 0) + unsent.photoBytes
  const entryCount = rows.reduce((sum, { count }) => sum + count, 0)
  return (
    <table className="w-full border-collapse text-13 tabular-nums">
      <caption className="sr-only">{t('storage.about')}</caption>
      <thead>
        <tr className="text-11 text-dim">
          <th scope="col" className="w-[28%] py-1 text-left font-medium">
            {t('storage.what')}
          </th>
          <th scope="col" className="py-1 text-left font-medium">
            {t('storage.why')}
          </th>
          <th scope="col" className="w-24 py-1 text-right font-medium">
            {t('storage.count')}
          </th>
          <th scope="col" className="w-36 py-1 text-right font-medium">
            {t('storage.size')}
          </th>
        </tr>
      </thead>
      <tbody>
        <Group name={t('storage.rows')} why={t('storage.rowsWhy')} count={entryCount} size={times.bytes(storeBytes)} />
        {KINDS.map((kind) => (
          <Line
            key={kind}
            name={t(`storage.entity.${kind}`)}
            count={rows.find(({ entity }) => entity === kind)?.count ?? 0}
            tight
          />
        ))}
      </tbody>
      <tbody>
        <Group name={t('storage.photos')} />
        {photos.map(({ kind, count, bytes }) => (
          <Line
            key={kind}
            name={t(`storage.${kind}`)}
            why={t(`storage.${kind}Why`)}
            count={count}
            size={times.bytes(bytes)}
          />
        ))}
      </tbody>
      <tbody>
        <Group name={t('storage.unsent')} />
        <Line
          name={t('storage.unsentChanges')}
          why={t('storage.unsentChangesWhy')}
          count={unsent.changes}
          size={t('storage.inEntries')}
        />
        <Line
          name={t('storage.unsentPhotos')}
          why={t('storage.unsentPhotosWhy')}
          count={unsent.photos}
          size={times.bytes(unsent.photoBytes)}
        />
      </tbody>
      <tfoot>
        <tr className="h-8 border-t border-line font-semibold">
          <th scope="row" colSpan={3} className="text-left">
            {t('storage.total')}
          </th>
          <td className="text-right">{times.bytes(totalBytes)}</td>
        </tr>
      </tfoot>
    </table>
  )
}

type LineProps = {
  readonly name: string
  readonly why?: string
  readonly count?: number
  readonly size?: string
  /** Lines that belong together and need no explanation. */
  readonly tight?: boolean
}

function Group(props: LineProps) {
  return <Cells {...props} className="font-semibold" scope="rowgroup" />
}

function Line(props: LineProps) {
  return <Cells {...props} className="pl-4 font-normal" scope="row" />
}

type CellsProps = LineProps & { readonly className: string; readonly scope: 'row' | 'rowgroup' }

function Cells({ name, why, count, size, tight = false, className, scope }: CellsProps): ReactNode {
  const times = useTimes()
  const line = tight ? 'leading-6' : 'leading-8'
  return (
    <tr className={tight ? 'text-dim last:[&>*]:pb-1.5' : 'border-t border-row-line first:border-line'}>
      <th scope={scope} className={`pr-4 text-left align-top ${line} ${className}`}>
        {name}
      </th>
      <td className="py-1.5 pr-4 align-top text-dim">{why}</td>
      <td className={`text-right align-top ${line}`}>{count !== undefined && times.number(count)}</td>
      <td className={`text-right align-top whitespace-nowrap text-dim ${line}`}>{size}</td>
    </tr>
  )
}
