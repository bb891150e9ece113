import type { ReactNode } from 'react'
import { useText } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'

type RowProps = {
  readonly name: string
  readonly differs: boolean
  /** 1, 2 and 3 go here. */
  readonly active?: boolean
  /** Of reader 1 and reader 2; where they agree the first is both. */
  readonly cells: readonly ReactNode[]
  readonly remark?: string | null
  readonly children: ReactNode
}

/**
 * Where the two differ, three cells side by side under the field's name; where they agree, their common value beside
 * the name, and the third read's below it: quiet, and half as high.
 */
export function CompareRow({ name, differs, active = false, cells, remark = null, children }: RowProps) {
  const t = useText()
  return (
    <tbody
      data-differs={differs}
      className={`border-t border-line ${active ? 'outline-1 -outline-offset-1 outline-accent' : ''}`}
    >
      <tr>
        <th scope="rowgroup" colSpan={3} className="px-1.5 pt-1 pb-0.5 font-normal">
          <span className="flex items-baseline gap-3 text-13">
            <span className={differs ? 'font-semibold' : 'shrink-0 text-dim'}>{name}</span>
            {!differs && <span className="min-w-0 break-words">{cells[0]}</span>}
            <span className="ml-auto shrink-0 text-11">
              {differs ? (
                <StatusDot tone="flag">{t('adjudicate.differs')}</StatusDot>
              ) : (
                <span className="text-dim">= {t('adjudicate.same')}</span>
              )}
            </span>
          </span>
        </th>
      </tr>
      <tr className="align-top text-13">
        {differs &&
          cells.map((cell, place) => (
            <td key={place === 0 ? 'first' : 'second'} className="px-1.5 pb-1.5 break-words">
              {cell}
            </td>
          ))}
        <td colSpan={differs ? 1 : 3} className={`pr-1.5 pb-1.5 ${differs ? 'pl-2' : 'pl-1.5'}`}>
          {children}
        </td>
      </tr>
      {remark !== null && (
        <tr>
          <td colSpan={3} className="px-1.5 pb-1.5 text-11 text-dim">
            {remark}
          </td>
        </tr>
      )}
    </tbody>
  )
}
