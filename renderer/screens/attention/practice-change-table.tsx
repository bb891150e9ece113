import type { PracticeChange } from '../../../preload/contract/attention.ts'
import type { RulesValues } from '../../../server/contract/domain/practice-rules.ts'
import { sameJson } from '../../../server/contract/domain/same-json.ts'
import { type Translate, useText, useTimes } from '../../text/text-context.tsx'
import { useNow } from '../../ui/use-now.ts'
import { ValueTable, type ValueRow } from './value-table.tsx'

type Value = string | null | undefined
type GoalField = keyof Extract<PracticeChange, { about: 'goal' }>['set']

type Props = { readonly change: PracticeChange; readonly authorName: string | undefined }

/** Rules, a goal, a question or its answer. */
export function PracticeChangeTable({ change, authorName }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const none = t('attention.change.none')
  const day = (value: Value) => (value == null ? none : times.day(value, nowMs))
  switch (change.about) {
    case 'rules':
      return <ValueTable rows={ruleRows(change, t)} authorName={authorName} />
    case 'goal': {
      const words = (field: GoalField, value: Value) => {
        if (value === undefined) return none
        if (field === 'state') return t(`goals.state.${value === 'reached' || value === 'dropped' ? value : 'open'}`)
        return field === 'text' ? (value ?? none) : day(value)
      }
      const { base, set, current } = change
      const fields = (['text', 'dueOn', 'quietUntil', 'state'] as const).filter((field) => base[field] !== set[field])
      const rows = fields.map((field) => ({
        key: field,
        label: t(`goals.${field}`),
        was: words(field, base[field]),
        wanted: words(field, set[field]),
        now: current === null ? null : words(field, current[field]),
        mark: current === null ? null : markOf(base[field], set[field], current[field]),
      }))
      return <ValueTable rows={rows} authorName={authorName} />
    }
    case 'question':
      return <Said title={change.askedOfName ?? t('attention.anyClinician')} text={change.text} />
    case 'answer':
      return (
        <div className="flex flex-col gap-3">
          <Said title={t('attention.question')} text={change.question ?? t('attention.questionGone')} />
          <Said
            title={
              authorName === undefined
                ? t('attention.yourAnswer')
                : t('attention.brought.answer', { author: authorName })
            }
            text={change.text}
          />
          {change.current !== null && <Said title={change.current.byName} text={change.current.text} />}
        </div>
      )
  }
}

function Said({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div className="max-w-[76ch] border-l-2 border-line pl-3">
      <h3 className="text-11 font-semibold text-dim">{title}</h3>
      <p className="text-13 break-words whitespace-pre-wrap">{text}</p>
    </div>
  )
}

function markOf(base: unknown, wanted: unknown, now: unknown): ValueRow['mark'] {
  if (sameJson(now, wanted)) return 'asWanted'
  return sameJson(now, base) ? null : 'moved'
}

/** As it comes over the bridge: a field may be there without a value. */
type Known = { readonly [F in keyof RulesValues]?: RulesValues[F] | undefined }
const RULE_FIELDS = [
  'graceSeconds',
  'seenMs',
  'budgetSeconds',
  'secondReadPercent',
  'secondReadBy',
  'details',
  'lanes',
] as const satisfies readonly (keyof RulesValues)[]
const RULE_LABELS = {
  graceSeconds: 'practice.grace',
  seenMs: 'practice.seen',
  budgetSeconds: 'practice.budget',
  secondReadPercent: 'practice.share',
  secondReadBy: 'practice.by',
  details: 'practice.words',
  lanes: 'practice.lanes',
} as const satisfies Record<keyof RulesValues, string>

function ruleRows({ base, set, current }: Extract<PracticeChange, { about: 'rules' }>, t: Translate): ValueRow[] {
  return RULE_FIELDS.filter((field) => set[field] !== undefined).map((field) => ({
    key: field,
    label: t(RULE_LABELS[field]),
    was: ruleWords(field, base, t),
    wanted: ruleWords(field, set, t),
    now: ruleWords(field, current, t),
    mark: markOf(base[field], set[field], current[field]),
  }))
}

function ruleWords(field: keyof RulesValues, values: Known, t: Translate): string {
  const { graceSeconds, seenMs, budgetSeconds, secondReadPercent, secondReadBy, details, lanes } = values
  const none = t('attention.change.none')
  switch (field) {
    case 'graceSeconds':
      return graceSeconds === undefined ? none : t('practice.seconds', { count: graceSeconds })
    case 'budgetSeconds':
      return budgetSeconds === undefined ? none : t('practice.seconds', { count: budgetSeconds })
    case 'seenMs':
      return seenMs === undefined ? none : t('practice.milliseconds', { count: seenMs })
    case 'secondReadPercent':
      return secondReadPercent === undefined ? none : t('practice.percent', { count: secondReadPercent })
    case 'secondReadBy':
      return secondReadBy === undefined ? none : t(`practice.by.${secondReadBy}`)
    case 'details':
      return (details ?? []).map(({ label }) => label).join(', ') || none
    case 'lanes':
      return (lanes ?? []).map(({ name }) => name).join(', ') || none
  }
}
