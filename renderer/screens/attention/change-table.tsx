import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { changedFields } from '../../../server/contract/domain/patients.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { StatusDot } from '../../ui/status-dot.tsx'
import { useNow } from '../../ui/use-now.ts'
import { fieldWords } from '../../patient/patient-words.ts'

type Props = { readonly change: NonNullable<AttentionEntry['patientChange']> }

/** Field by field: what it was, what the author wanted, what it is now. Where it moved meanwhile, that is marked. */
export function ChangeTable({ change: { base, set, current } }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const words = (field: ReturnType<typeof changedFields>[number], value: Parameters<typeof fieldWords>[1]) =>
    fieldWords(field, value, { t, times, nowMs })
  return (
    <table className="w-full max-w-[900px] table-fixed border-collapse border border-line text-left text-13">
      <caption className="sr-only">{t('attention.change.table')}</caption>
      <thead className="text-11 text-dim">
        <tr>
          {(['field', 'was', 'wanted', 'now'] as const).map((head) => (
            <th key={head} scope="col" className="border-b border-line px-3 py-1.5 font-semibold">
              {t(`attention.change.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {changedFields(set).map((field) => {
          const now = current === null ? undefined : current[field]
          const isAsWanted = current !== null && now === set[field]
          const hasMoved = current !== null && !isAsWanted && now !== base[field]
          return (
            <tr key={field} className="border-b border-row-line align-top last:border-b-0">
              <th scope="row" className="px-3 py-1.5 font-normal break-words text-dim">
                {t(`patient.${field}`)}
              </th>
              <td className="px-3 py-1.5 break-words text-dim">{words(field, base[field])}</td>
              <td className="px-3 py-1.5 font-medium break-words">{words(field, set[field])}</td>
              <td className="px-3 py-1.5 break-words">
                {current === null ? t('attention.change.unknown') : words(field, now)}
                {hasMoved && (
                  <span className="block text-11">
                    <StatusDot tone="flag">
                      <span className="whitespace-normal">{t('attention.change.moved')}</span>
                    </StatusDot>
                  </span>
                )}
                {isAsWanted && <span className="block text-11 text-dim">{t('attention.change.asWanted')}</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
