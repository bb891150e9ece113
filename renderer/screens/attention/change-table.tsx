import type { AttentionEntry } from '../../../preload/contract/attention.ts'
import { changedFields } from '../../../server/contract/domain/patients.ts'
import { useText, useTimes } from '../../text/text-context.tsx'
import { useNow } from '../../ui/use-now.ts'
import { fieldWords } from '../../patient/patient-words.ts'
import { usePeople } from '../../patient/use-people.ts'
import { usePort } from '../../ports/port-context.tsx'
import { ValueTable } from './value-table.tsx'

type Props = {
  readonly change: NonNullable<AttentionEntry['patientChange']>
  readonly authorName: string | undefined
}

/** Fields of a patient. */
export function ChangeTable({ change: { base, set, current }, authorName }: Props) {
  const t = useText()
  const times = useTimes()
  const nowMs = useNow()
  const people = usePeople(usePort())
  const words = (field: ReturnType<typeof changedFields>[number], value: Parameters<typeof fieldWords>[1]) =>
    fieldWords(field, value, { t, times, nowMs, people })
  const rows = changedFields(set).map((field) => {
    const now = current === null ? undefined : current[field]
    const isAsWanted = current !== null && now === set[field]
    const hasMoved = current !== null && !isAsWanted && now !== base[field]
    return {
      key: field,
      label: t(`patient.${field}`),
      was: words(field, base[field]),
      wanted: words(field, set[field]),
      now: current === null ? null : words(field, now),
      mark: isAsWanted ? ('asWanted' as const) : hasMoved ? ('moved' as const) : null,
    }
  })
  return <ValueTable rows={rows} authorName={authorName} />
}
