import type { ReactNode } from 'react'
import type { ReviewCase } from '../../../../preload/contract/review.ts'
import { SCORE_FIELDS } from '../../../../server/contract/domain/tags.ts'
import { useText } from '../../../text/text-context.tsx'
import { StatusDot } from '../../../ui/status-dot.tsx'
import { DetailField } from '../detail-field.tsx'
import { type Draft, setScore } from '../draft.ts'
import { NOTE_ID } from '../element-ids.ts'
import { ScoreRadios } from '../score-field.tsx'
import type { Review } from '../use-review.ts'
import { focusScreen } from '../../../commands/commands-context.tsx'
import { AlignersChoice } from './aligners-choice.tsx'
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
  const { actions } = reviewCase
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
        <Row
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
        </Row>
      ))}
      <Row
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
      </Row>
      <Row
        name={t('adjudicate.action')}
        differs={differs.action}
        cells={[
          <ReaderAction key="1" named={first} actions={actions} />,
          <ReaderAction key="2" named={second} actions={actions} />,
        ]}
        remark={findCarriedOut(reviewCase) === undefined ? null : t('adjudicate.alreadyCarriedOut')}
      >
        <p className="text-11 text-dim">{t('adjudicate.yourAction')}</p>
      </Row>
      <Row
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
      </Row>
      <Row
        name={t('review.aligners')}
        differs={differs.aligners}
        cells={pair.map(({ read }) => t(`review.aligners.${read.aligners}`))}
      >
        <AlignersChoice draft={draft} review={review} stacked={differs.aligners} />
      </Row>
    </table>
  )
}

type RowProps = {
  readonly name: string
  readonly differs: boolean
  /** 1, 2 and 3 go here. */
  readonly active?: boolean
  /** Of reader 1 and reader 2; where they agree the first is both. */
  readonly cells: readonly ReactNode[]
  readonly remark?: string | null
  readonly children: ReactNode
}

/**
 * Where the two differ, three cells side by side under the field's name; where they agree, their common value beside
 * the name, and the third read's below it: quiet, and half as high.
 */
function Row({ name, differs, active = false, cells, remark = null, children }: RowProps) {
  const t = useText()
  return (
    <tbody
      data-differs={differs}
      className={`border-t border-line ${active ? 'outline-1 -outline-offset-1 outline-accent' : ''}`}
    >
      <tr>
        <th scope="rowgroup" colSpan={3} className="px-1.5 pt-1 pb-0.5 font-normal">
          <span className="flex items-baseline gap-3 text-13">
            <span className={differs ? 'font-semibold' : 'shrink-0 text-dim'}>{name}</span>
            {!differs && <span className="min-w-0 break-words">{cells[0]}</span>}
            <span className="ml-auto shrink-0 text-11">
              {differs ? (
                <StatusDot tone="flag">{t('adjudicate.differs')}</StatusDot>
              ) : (
                <span className="text-dim">= {t('adjudicate.same')}</span>
              )}
            </span>
          </span>
        </th>
      </tr>
      <tr className="align-top text-13">
        {differs &&
          cells.map((cell, place) => (
            <td key={place === 0 ? 'first' : 'second'} className="px-1.5 pb-1.5 break-words">
              {cell}
            </td>
          ))}
        <td colSpan={differs ? 1 : 3} className={`pr-1.5 pb-1.5 ${differs ? 'pl-2' : 'pl-1.5'}`}>
          {children}
        </td>
      </tr>
      {remark !== null && (
        <tr>
          <td colSpan={3} className="px-1.5 pb-1.5 text-11 text-dim">
            {remark}
          </td>
        </tr>
      )}
    </tbody>
  )
}
