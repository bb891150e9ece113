import { useState } from 'react'
import type { AgreementReport, FieldAgreement } from '../../../../preload/contract/agreement.ts'
import { SCORE_FIELDS } from '../../../../server/contract/domain/tags.ts'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { useNow } from '../../../ui/use-now.ts'
import { ScoreAgreement } from './score-agreement.tsx'
import { type Range, RANGES, useAgreement } from './use-agreement.ts'

/** Fewer say nothing. */
const LEAST_PAIRS = 2

/** How alike two reads of the same scan are, by score, between people and within one. */
export function AgreementSection() {
  const t = useText()
  const [range, setRange] = useState<Range>('90')
  const { report, failed, retry } = useAgreement(range)
  return (
    <div className="pt-2">
      <p className="max-w-[104ch] pb-4 text-13">{t('agreement.kappaMeans')}</p>
      <Segmented
        label={t('agreement.range')}
        value={range}
        options={RANGES.map((days) => ({ value: days, label: t(`agreement.days${days}`) }))}
        onChange={setRange}
      />
      {failed !== null && (
        <EmptyState title={t('agreement.failed')} alert action={<Button onClick={retry}>{t('common.retry')}</Button>}>
          {t(errorKey(failed))}
        </EmptyState>
      )}
      {report !== null && <Report report={report} />}
    </div>
  )
}

function Report({ report }: { readonly report: AgreementReport }) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const range = t('agreement.fromTo', { from: times.day(report.from, nowMs), to: times.day(report.to, nowMs) })
  const hasAny = [report.between, report.within].some(hasPairs)
  return (
    <>
      <p role="status" className="py-3 text-13 text-dim tabular-nums">
        {[range, t('agreement.drawn', { count: report.drawn }), t('agreement.waiting', { count: report.waiting })].join(
          ' · ',
        )}
      </p>
      {hasAny ? (
        <>
          <Group title={t('agreement.between')} of={report.between} />
          <Group title={t('agreement.within')} of={report.within} />
        </>
      ) : (
        <div className="h-64">
          <EmptyState title={t('agreement.emptyTitle')}>{t('agreement.emptyHelp')}</EmptyState>
        </div>
      )}
    </>
  )
}

type Agreements = AgreementReport['between']

function hasPairs(of: Agreements): boolean {
  return Object.values(of).some(({ pairs }: FieldAgreement) => pairs >= LEAST_PAIRS)
}

function Group({ title, of }: { readonly title: string; readonly of: Agreements }) {
  const t = useText()
  return (
    <section aria-label={title} className="pb-8">
      <h3 className="mb-3 border-b border-line pb-1 text-15 font-semibold">{title}</h3>
      {hasPairs(of) ? (
        <div className="flex flex-col gap-6">
          {SCORE_FIELDS.map((field) => (
            <ScoreAgreement key={field} field={field} of={of[field]} isEnough={of[field].pairs >= LEAST_PAIRS} />
          ))}
        </div>
      ) : (
        <p className="text-13 text-dim">{t('agreement.tooFew')}</p>
      )}
    </section>
  )
}
