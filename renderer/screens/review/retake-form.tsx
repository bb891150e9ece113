import { useState } from 'react'
import type { ReviewCase } from '../../../preload/contract/review.ts'
import type { ActionTaken } from '../../../server/contract/domain/tags.ts'
import { type View, VIEWS } from '../../../server/contract/domain/views.ts'
import { useText } from '../../text/text-context.tsx'
import { flagsOf, type SlotFlag } from './case-photos.ts'
import { focusFirst, FormFrame } from './form-frame.tsx'

const REASONS = [
  'retake_blur',
  'retake_angle',
  'retake_missing_view',
  'retake_light',
  'retake_framing',
  'retake_fogged',
  'retake_tray_out',
  'retake_tray_in',
] as const
type Reason = (typeof REASONS)[number]
const REASON_OF_FLAG: Readonly<Partial<Record<SlotFlag, Reason>>> = {
  soft_focus: 'retake_blur',
  low_resolution: 'retake_blur',
  dark: 'retake_light',
  overexposed: 'retake_light',
  missing: 'retake_missing_view',
  refused: 'retake_missing_view',
  mirrored: 'retake_angle',
}

/** Which views to take again, and why: proposed from the flags of the photos. */
export function RetakeForm({
  reviewCase,
  start,
  onSend,
  onCancel,
}: {
  readonly reviewCase: ReviewCase
  /** A retake begins with its views and reasons; anything else with the flags of the photos. */
  readonly start: ActionTaken | null
  readonly onSend: (action: ActionTaken) => void
  readonly onCancel: () => void
}) {
  const t = useText()
  const flags = flagsOf(reviewCase)
  const asked = start?.kind === 'request_retake' ? start : null
  const [views, setViews] = useState<ReadonlySet<View>>(
    () => new Set(asked === null ? flags.map((flag) => flag.view) : asked.views),
  )
  const [reasons, setReasons] = useState<ReadonlySet<Reason>>(() =>
    asked === null
      ? new Set(flags.map(({ flag }) => REASON_OF_FLAG[flag]).filter((reason) => reason !== undefined))
      : new Set(REASONS.filter((reason) => asked.reasons.includes(reason))),
  )
  const chosen = VIEWS.filter((view) => views.has(view))
  return (
    <FormFrame
      title="command.review.retake"
      ready={chosen.length > 0}
      onSubmit={() =>
        onSend({ kind: 'request_retake', views: chosen, reasons: REASONS.filter((reason) => reasons.has(reason)) })
      }
      onCancel={onCancel}
    >
      <Checks
        legend={t('review.retakeViews')}
        options={VIEWS}
        chosen={views}
        label={(view) => t(`view.${view}`)}
        onChange={setViews}
        first
      />
      <Checks
        legend={t('review.retakeReasons')}
        options={REASONS}
        chosen={reasons}
        label={(reason) => t(`reason.${reason}`)}
        onChange={setReasons}
      />
    </FormFrame>
  )
}

type ChecksProps<V extends string> = {
  readonly legend: string
  readonly options: readonly V[]
  readonly chosen: ReadonlySet<V>
  readonly first?: boolean
  readonly label: (value: V) => string
  readonly onChange: (chosen: ReadonlySet<V>) => void
}

function Checks<V extends string>({ legend, options, chosen, first = false, label, onChange }: ChecksProps<V>) {
  return (
    <fieldset>
      <legend className="mb-1 text-11 text-dim">{legend}</legend>
      <div className="grid grid-cols-2 gap-x-3">
        {options.map((value, i) => (
          <label key={value} className="flex min-h-6 items-center gap-2 text-13">
            <input
              ref={first && i === 0 ? focusFirst : null}
              type="checkbox"
              className="accent-accent"
              checked={chosen.has(value)}
              onChange={(event) => {
                const next = new Set(chosen)
                if (event.target.checked) next.add(value)
                else next.delete(value)
                onChange(next)
              }}
            />
            {label(value)}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
