import { PROTOCOL_VERSION } from '../../server/contract/protocol-version.ts'
import type { EntityName } from '../../server/contract/sync/entities.ts'
import type { ServerApi } from '../platform/server-api.ts'
import { type Copying, entityAfter } from './bootstrap.ts'
import type { CopyPage, FetchRows } from './read-rows.ts'

/** Small enough that taking one answer over does not hold up the screens; each costs the server a wait for its disk. */
const ROWS_A_PAGE = 2000
const SCANS_A_PAGE = 800
/** Answers asked for before the one in hand is stored: server, reading thread and store then work at the same time. */
const PAGES_AHEAD = 3

type Place = Pick<Copying, 'only' | 'entity' | 'after'>
type Fetch = {
  readonly key: string
  readonly answer: Promise<CopyPage>
  /** Where the copy goes on after it; null at its end, undefined while nobody knows. */
  readonly known: { next: Place | null | undefined }
}

/** The pages of a copy in their order, some of them before they are needed. */
export function createRowsAhead(fetch: FetchRows) {
  const state = { fetches: [] as Fetch[] }

  const start = (api: ServerApi, at: Place): Fetch => {
    const query = {
      entity: at.entity,
      ...(at.after === null ? {} : { after: at.after }),
      limit: at.entity === 'session' ? SCANS_A_PAGE : ROWS_A_PAGE,
      protocol: PROTOCOL_VERSION,
    }
    const known: Fetch['known'] = { next: undefined }
    const know = (next: string | null) => {
      if (known.next !== undefined) return
      known.next = placeAfter(at, next)
      goOn(api)
    }
    // A page tells where the next one begins long before all of its rows are read.
    const answer = fetch(api, query, know)
    const started: Fetch = { key: placeKey(at), answer, known }
    state.fetches.push(started)
    answer.then(
      (page) => know(page.next),
      () => {}, // told to whoever waits for it
    )
    return started
  }
  const goOn = (api: ServerApi): void => {
    const next = state.fetches.at(-1)?.known.next
    if (next != null && state.fetches.length <= PAGES_AHEAD) start(api, next)
  }
  return {
    /** The page at this place. What was fetched for another place is dropped. */
    find: (api: ServerApi, at: Place): Promise<CopyPage> => {
      const [first] = state.fetches
      if (first?.key === placeKey(at)) return first.answer
      state.fetches = []
      return start(api, at).answer
    },
    /** The page that `find` gave is in hand. */
    taken: (api: ServerApi, page: CopyPage): void => {
      const [first, ...others] = state.fetches
      if (first === undefined) return
      const { next } = first.known
      const wasTrue = next !== undefined && (next?.after ?? null) === page.next
      // With the last one gone nobody would know where to go on: it is started from here.
      state.fetches = wasTrue ? others : []
      if (others.length > 0) goOn(api)
      else if (wasTrue && next !== null) start(api, next)
    },
    forget: (): void => {
      state.fetches = []
    },
  }
}

function placeAfter(at: Place, next: string | null): Place | null {
  const entity: EntityName | null = next === null ? entityAfter(at) : at.entity
  return entity === null ? null : { only: at.only, entity, after: next }
}

export function placeKey({ entity, after }: Pick<Copying, 'entity' | 'after'>): string {
  return `${entity} ${after ?? ''}`
}
