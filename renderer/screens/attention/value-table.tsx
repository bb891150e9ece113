import { useText } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'

/** One value of a change, in words. */
export type ValueRow = {
  readonly key: string
  readonly label: string
  readonly was: string
  readonly wanted: string
  /** Null when it is not known here. */
  readonly now: string | null
  /** What stands now is neither what it was changed from nor what was wanted. */
  readonly mark: 'moved' | 'asWanted' | null
}

type Props = {
  readonly rows: readonly ValueRow[]
  /** A colleague's change; absent for one's own. */
  readonly authorName: string | undefined
}

/** Value by value: what it was, what the author wanted, what it is now. Where it moved meanwhile, that is marked. */
export function ValueTable({ rows, authorName }: Props) {
  const t = useText()
  return (
    <table className="w-full max-w-[900px] table-fixed border-collapse border border-line text-left text-13">
      <caption className="sr-only">{t('attention.change.table')}</caption>
      <thead className="text-11 text-dim">
        <tr>
          {(['field', 'was', 'wanted', 'now'] as const).map((head) => (
            <th key={head} scope="col" className="border-b border-line px-3 py-1.5 font-semibold">
              {head === 'wanted' && authorName !== undefined
                ? t('attention.brought.wanted', { author: authorName })
                : t(`attention.change.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, was, wanted, now, mark }) => (
          <tr key={key} className="border-b border-row-line align-top last:border-b-0">
            <th scope="row" className="px-3 py-1.5 font-normal break-words text-dim">
              {label}
            </th>
            <td className="px-3 py-1.5 break-words text-dim">{was}</td>
            <td className="px-3 py-1.5 font-medium break-words">{wanted}</td>
            <td className="px-3 py-1.5 break-words">
              {now ?? t('attention.change.unknown')}
              {mark === 'moved' && (
                <span className="block text-11">
                  <StatusDot tone="flag">
                    <span className="whitespace-normal">{t('attention.change.moved')}</span>
                  </StatusDot>
                </span>
              )}
              {mark === 'asWanted' && <span className="block text-11 text-dim">{t('attention.change.asWanted')}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
