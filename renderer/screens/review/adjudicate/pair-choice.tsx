import { ReadId } from '../../../../server/contract/domain/ids.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { useText, useTimes } from '../../../text/text-context.tsx'
import { Select } from '../../../ui/select.tsx'
import { useNow } from '../../../ui/use-now.ts'
import type { NamedRead } from '../reads-in-order.ts'
import type { Conflict } from './conflict.ts'

type Props = { readonly conflict: Conflict; readonly onPick: (place: 0 | 1, chosen: ReadId) => void }

/** More than two reads stand: which two the third compares and names. The newest two by different people at first. */
export function PairChoice({ conflict, onPick }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const words = ({ read, readerName }: NamedRead) => {
    const when = read.recordedAtMs === null ? t('adjudicate.notSent') : times.clock(read.recordedAtMs, nowMs)
    return t('adjudicate.readerAt', { name: readerName, when })
  }
  const options = conflict.standing.map((named) => ({ value: named.read.readId as string, label: words(named) }))
  return (
    <div className="flex basis-full gap-2">
      {([0, 1] as const).map((place) => (
        <span key={place} className="min-w-40 flex-1 [&>select]:w-full">
          <Select
            label={t('adjudicate.choose', { place: t(place === 0 ? 'adjudicate.first' : 'adjudicate.second') })}
            value={conflict.pair[place].read.readId as string}
            options={options}
            onChange={(id) => onPick(place, ReadId.parse(id))}
            onKeyDown={(event) => event.key === 'Escape' && focusScreen()}
          />
        </span>
      ))}
    </div>
  )
}
