import type { Draft } from '../../../../preload/contract/draft.ts'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { SCORE_FIELDS } from '../../../../server/contract/domain/tags.ts'
import { actionWords } from '../../../text/action-words.ts'
import { type Translate, useText } from '../../../text/text-context.tsx'
import { DetailField } from '../detail-field.tsx'
import { setScore } from '../draft.ts'
import { NOTE_ID } from '../element-ids.ts'
import { ScoreRadios } from '../score-field.tsx'
import type { Review } from '../use-review.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { AlignersChoice } from './aligners-choice.tsx'
import { CompareRow } from './compare-row.tsx'
import { type Conflict, differencesOf, findCarriedOut } from './conflict.ts'
import { ReaderAction, ReaderDetails, ReaderNote, ReaderScore } from './reader-cells.tsx'
import { ReaderHead } from './reader-head.tsx'

type Props = {
  readonly review: Review
  readonly reviewCase: ReviewCase
  readonly conflict: Conflict
  readonly draft: Draft
  readonly myId: string | undefined
}

/** The two reads side by side and the third beside them: what differs is marked, what agrees is quiet. */
export function CompareTable({ review, reviewCase, conflict, draft, myId }: Props) {
  const t = useText()
  const { pair } = conflict
  const differs = differencesOf(conflict)
  const [first, second] = pair
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <caption className="sr-only">{t('adjudicate.compare')}</caption>
      <colgroup>
        <col className="w-[30%]" />
        <col className="w-[30%]" />
        <col />
      </colgroup>
      <thead>
        <tr className="align-top">
          {pair.map((named, place) => (
            <ReaderHead
              key={named.read.readId}
              place={place === 0 ? 0 : 1}
              named={named}
              isMine={named.read.readerId === myId}
              shownVersion={reviewCase.session.version}
            />
          ))}
          <th scope="col" className="pb-1 pl-2 text-13 font-semibold">
            {t('adjudicate.yours')}
          </th>
        </tr>
      </thead>
      {SCORE_FIELDS.map((field) => (
        <CompareRow
          key={field}
          name={t(`score.${field}`)}
          differs={conflict.differing.has(field)}
          active={review.activeScore === field}
          cells={[
            <ReaderScore key="1" field={field} read={first.read} alone={!conflict.differing.has(field)} />,
            <ReaderScore key="2" field={field} read={second.read} alone={!conflict.differing.has(field)} />,
          ]}
        >
          <div data-scores>
            <ScoreRadios
              shape={conflict.differing.has(field) ? 'stacked' : 'low'}
              field={field}
              value={draft.scores[field]}
              disabledBecause={field === 'alignerFit' && draft.aligners === 'out' ? t('review.fitOut') : null}
              readOnly={!review.canDecide}
              onChange={(value) => review.edit((was) => setScore(was, field, value))}
              onFocus={() => review.setActiveScore(field)}
            />
          </div>
        </CompareRow>
      ))}
      <CompareRow
        name={t('review.details')}
        differs={differs.details}
        cells={[
          <ReaderDetails key="1" read={first.read} other={second.read} />,
          <ReaderDetails key="2" read={second.read} other={first.read} />,
        ]}
      >
        <DetailField
          key={reviewCase.session.id}
          unlabelled
          details={draft.details}
          readOnly={!review.canDecide}
          onChange={(details) => review.edit((was) => ({ ...was, details }))}
        />
      </CompareRow>
      <CompareRow
        name={t('adjudicate.action')}
        differs={differs.action}
        cells={[
          <ReaderAction key="1" named={first} reviewCase={reviewCase} myId={myId} />,
          <ReaderAction key="2" named={second} reviewCase={reviewCase} myId={myId} />,
        ]}
        remark={carriedOutWords(reviewCase, conflict, t)}
      >
        <p className="text-11 text-dim">{t('adjudicate.yourAction')}</p>
      </CompareRow>
      <CompareRow
        name={t('review.note')}
        differs={differs.note}
        cells={[<ReaderNote key="1" read={first.read} />, <ReaderNote key="2" read={second.read} />]}
      >
        <textarea
          id={NOTE_ID}
          aria-label={t('review.note')}
          rows={2}
          maxLength={4000}
          disabled={!review.canDecide}
          value={draft.note}
          onChange={(event) => review.edit((was) => ({ ...was, note: event.target.value }))}
          onKeyDown={(event) => event.key === 'Escape' && focusScreen()}
          className="block w-full rounded-[5px] border border-line bg-bg px-2 py-1 text-13 text-ink"
        />
      </CompareRow>
      <CompareRow
        name={t('review.aligners')}
        differs={differs.aligners}
        cells={pair.map(({ read }) => t(`review.aligners.${read.aligners}`))}
      >
        <AlignersChoice draft={draft} review={review} stacked={differs.aligners} />
      </CompareRow>
    </table>
  )
}

/** What stands for the patient, named where neither of the two decided it; and what that means for another action. */
function carriedOutWords(reviewCase: ReviewCase, { pair }: Conflict, t: Translate): string | null {
  const won = findCarriedOut(reviewCase)
  if (won === undefined) return null
  const then = t('adjudicate.alreadyCarriedOut')
  if (pair.some(({ read }) => read.readId === won.readId)) return then
  const name = reviewCase.reads.find(({ read }) => read.readId === won.readId)?.readerName
  return `${t('adjudicate.standsElsewhere', { name: name ?? t('attention.someone'), action: actionWords(won.action, t) })} ${then}`
}
