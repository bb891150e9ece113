import type { FieldAgreement } from '../../../../preload/contract/agreement.ts'
import type { Score, ScoreField } from '../../../../server/contract/domain/tags.ts'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { scoreKey } from '../../../text/words.ts'

const SCORES = [1, 2, 3] as const satisfies readonly Score[]

type Props = { readonly field: ScoreField; readonly of: FieldAgreement; readonly isEnough: boolean }

/** One score: its kappa with interval and number of pairs, and how often each pair of words occurred. */
export function ScoreAgreement({ field, of, isEnough }: Props) {
  const t = useText()
  return (
    <div className="grid grid-cols-[minmax(200px,1fr)_minmax(0,2.6fr)] items-start gap-8 max-[800px]:grid-cols-1 max-[800px]:gap-2">
      <div className="tabular-nums">
        <h4 className="text-13 font-semibold">{t(`score.${field}`)}</h4>
        <Figures of={of} isEnough={isEnough} />
        <p className="text-13 text-dim">{t('agreement.pairs', { count: of.pairs })}</p>
      </div>
      {isEnough && <PairTable field={field} table={of.table} />}
    </div>
  )
}

function Figures({ of, isEnough }: Omit<Props, 'field'>) {
  const t = useText()
  const times = useTimes()
  if (!isEnough) return <p className="text-13 text-dim">{t('agreement.tooFew')}</p>
  if (of.kappa === null) return <p className="text-13 text-dim">{t('agreement.allSame')}</p>
  return (
    <>
      <p className="text-18 font-semibold">{t('agreement.kappa', { value: times.fixed(of.kappa, 2) })}</p>
      {of.interval !== null && (
        <p className="text-13 text-dim">
          {t('agreement.interval', { low: times.fixed(of.interval[0], 2), high: times.fixed(of.interval[1], 2) })}
        </p>
      )}
    </>
  )
}

/** Rows are the first read, columns the second; where both say the same stands on the diagonal, in bold. */
function PairTable({ field, table }: { readonly field: ScoreField; readonly table: FieldAgreement['table'] }) {
  const t = useText()
  const times = useTimes()
  const words = (score: Score) => t(scoreKey(field, score))
  return (
    <table className="w-full max-w-[640px] table-fixed border-collapse text-13 tabular-nums">
      <caption className="sr-only">{t(`score.${field}`)}</caption>
      <thead>
        <tr className="text-11 text-dim">
          <th scope="col" rowSpan={2} className="w-[34%] border-b border-line py-1 text-left align-bottom font-medium">
            {t('agreement.firstRead')}
          </th>
          <th scope="colgroup" colSpan={3} className="text-right font-medium">
            {t('agreement.secondRead')}
          </th>
        </tr>
        <tr className="border-b border-line text-11 text-dim">
          {SCORES.map((score) => (
            <th key={score} scope="col" className="py-1 text-right font-medium">
              {words(score)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {SCORES.map((first) => (
          <tr key={first} className="h-8 border-b border-row-line">
            <th scope="row" className="text-left font-normal">
              {words(first)}
            </th>
            {SCORES.map((second) => (
              <td key={second} className={`text-right ${first === second ? 'font-semibold' : 'text-dim'}`}>
                {times.number(table[first - 1]?.[second - 1] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
