import type { ReactNode } from 'react'
import { type Translate, useText } from '../../../text/text-context.tsx'
import { errorKey } from '../../../text/words.ts'
import { Banner } from '../../../ui/banner.tsx'
import { Button } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { DetailWords } from './detail-words.tsx'
import { Lanes } from './lanes.tsx'
import { RuleChoice } from './rule-choice.tsx'
import type { Known, NotSaved, Rules } from './use-rules.ts'

const GRACE_SECONDS = [0, 5, 10, 15, 20, 30, 45, 60]
const SEEN_MS = [0, 200, 400, 700, 1000, 1500, 2000, 3000, 5000]
const BUDGET_SECONDS = [15, 20, 30, 45, 60, 90, 120, 180, 300]
const SHARES = [0, 1, 2, 3, 5, 10, 15, 20, 25, 50, 100]

type Props = { readonly rules: Rules; readonly mayEdit: boolean }

/** What holds for everybody at the practice. Drawn for all who see patient data, changed by administrators. */
export function PracticeSection({ rules, mayEdit }: Props) {
  const t = useText()
  const { known, failed, reload } = rules
  if (known !== null) return <All rules={rules} known={known} mayEdit={mayEdit} />
  if (failed === null) return null
  return (
    <EmptyState title={t('practice.failed')} alert action={<Button onClick={reload}>{t('common.retry')}</Button>}>
      {t(errorKey(failed))}
    </EmptyState>
  )
}

type AllProps = Props & { readonly known: Known }

function All({ rules, known, mayEdit }: AllProps) {
  const t = useText()
  return (
    <>
      {!mayEdit && <p className="text-13 text-dim">{t('practice.readOnly')}</p>}
      {known.wasRefused && (
        <Banner
          tone="minor"
          action={
            <a href="#/attention" className="rounded-[1px] border-b border-dim">
              {t('practice.refusedOpen')}
            </a>
          }
        >
          {t('practice.refused')}
        </Banner>
      )}
      {/* Its line is there while empty: what fails moves nothing. */}
      <p role="alert" className="min-h-10 text-13 text-off">
        {rules.notSaved !== null && notSavedWords(rules.notSaved, t)}
      </p>
      <Decisions rules={rules} known={known} mayEdit={mayEdit} />
      <SecondReads rules={rules} known={known} mayEdit={mayEdit} />
      <Group title={t('practice.words')}>
        <DetailWords rules={rules} known={known} mayEdit={mayEdit} />
      </Group>
      <Group title={t('practice.lanes')}>
        <Lanes rules={rules} known={known} mayEdit={mayEdit} />
      </Group>
    </>
  )
}

function notSavedWords(why: NotSaved, t: Translate): string {
  return why === 'stale' ? t('practice.stale') : t('practice.notSaved', { why: t(errorKey(why)) })
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="pb-8">
      <h3 className="border-b border-line pb-1 text-15 font-semibold">{title}</h3>
      {children}
    </section>
  )
}

function Decisions({ rules, known: { rules: now }, mayEdit }: AllProps) {
  const t = useText()
  const seconds = (count: number) => t('practice.seconds', { count })
  return (
    <Group title={t('practice.decisions')}>
      <RuleChoice
        name={t('practice.grace')}
        hint={t('practice.graceHint')}
        value={now.graceSeconds}
        options={GRACE_SECONDS}
        words={(count) => (count === 0 ? t('practice.graceNone') : seconds(count))}
        mayEdit={mayEdit}
        onChange={(value) => void rules.change('graceSeconds', now.graceSeconds, value)}
      />
      <RuleChoice
        name={t('practice.seen')}
        hint={t('practice.seenHint')}
        value={now.seenMs}
        options={SEEN_MS}
        words={(count) => (count === 0 ? t('practice.seenNone') : t('practice.milliseconds', { count }))}
        mayEdit={mayEdit}
        onChange={(value) => void rules.change('seenMs', now.seenMs, value)}
      />
      <RuleChoice
        name={t('practice.budget')}
        hint={t('practice.budgetHint')}
        value={now.budgetSeconds}
        options={BUDGET_SECONDS}
        words={seconds}
        mayEdit={mayEdit}
        onChange={(value) => void rules.change('budgetSeconds', now.budgetSeconds, value)}
      />
    </Group>
  )
}

function SecondReads({ rules, known: { rules: now }, mayEdit }: AllProps) {
  const t = useText()
  return (
    <Group title={t('practice.second')}>
      <RuleChoice
        name={t('practice.share')}
        hint={t('practice.shareHint')}
        value={now.secondReadPercent}
        options={SHARES}
        words={(count) => (count === 0 ? t('practice.shareNone') : t('practice.percent', { count }))}
        mayEdit={mayEdit}
        onChange={(value) => void rules.change('secondReadPercent', now.secondReadPercent, value)}
      />
      <RuleChoice
        name={t('practice.by')}
        value={now.secondReadBy}
        options={['other', 'same', 'either'] as const}
        words={(by) => t(`practice.by.${by}`)}
        mayEdit={mayEdit}
        onChange={(value) => void rules.change('secondReadBy', now.secondReadBy, value)}
      />
    </Group>
  )
}
