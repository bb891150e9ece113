import { useState } from 'react'
import { ownLane } from '../../../../preload/contract/queue.ts'
import type { PracticeLane } from '../../../../server/contract/domain/practice-rules.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { useText } from '../../../text/text-context.tsx'
import { Button } from '../../../ui/button.tsx'
import { LaneForm } from './lane-form.tsx'
import { LaneLine } from './lane-line.tsx'
import type { Known, Rules } from './use-rules.ts'

type Props = { readonly rules: Rules; readonly known: Known; readonly mayEdit: boolean }

const MOST_LANES = 12

/** The practice's lanes in the queue's order: made, changed, moved, taken away. */
export function Lanes({ rules, known, mayEdit }: Props) {
  const t = useText()
  const { lanes } = known.rules
  /** The lane that is being changed, as it was when its form opened; `new` for one that is being made. */
  const [open, setOpen] = useState<PracticeLane | 'new' | null>(null)
  const close = () => {
    setOpen(null)
    focusScreen()
  }
  async function save(value: readonly PracticeLane[]) {
    if (await rules.change('lanes', lanes, [...value])) close()
  }
  /** @param seen the lane as this person saw it: another one there now is a colleague's */
  function replace(seen: PracticeLane, lane: PracticeLane) {
    const now = lanes.find(({ id }) => id === seen.id)
    if (JSON.stringify(now) !== JSON.stringify(seen)) {
      rules.tellStale()
      return close()
    }
    void save(lanes.map((other) => (other.id === seen.id ? lane : other)))
  }
  function move(from: number, by: 1 | -1) {
    const lane = lanes[from]
    if (lane !== undefined) void save(lanes.toSpliced(from, 1).toSpliced(from + by, 0, lane))
  }
  const form = (lane: PracticeLane | null) => (
    <LaneForm
      lane={lane}
      people={known.people}
      isTaken={(name) =>
        lanes.some((other) => other.id !== lane?.id && other.name.toLowerCase() === name.toLowerCase())
      }
      onSave={(made) => (lane === null ? void save([...lanes, made]) : replace(lane, made))}
      onCancel={close}
    />
  )
  return (
    <>
      <p className="max-w-[84ch] pt-1 pb-2 text-11 text-dim">{t('practice.lanesHint')}</p>
      {lanes.length === 0 && <p className="py-2 text-13 text-dim">{t('practice.lanesNone')}</p>}
      <ol>
        {lanes.map((lane, index) => (
          <li key={lane.id} className="border-b border-row-line">
            {open !== null && open !== 'new' && open.id === lane.id ? (
              form(open)
            ) : (
              <LaneLine
                lane={lane}
                people={known.people}
                count={known.counts[ownLane(lane)]}
                mayEdit={mayEdit}
                onEdit={() => setOpen(lane)}
                onRemove={() => void save(lanes.filter((other) => other !== lane))}
                onUp={index === 0 ? undefined : () => move(index, -1)}
                onDown={index === lanes.length - 1 ? undefined : () => move(index, 1)}
              />
            )}
          </li>
        ))}
      </ol>
      {mayEdit && (
        <div className="pt-3">
          {open === 'new' ? (
            form(null)
          ) : (
            <Button onClick={() => setOpen('new')} disabled={lanes.length >= MOST_LANES}>
              {t('practice.laneAdd')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
