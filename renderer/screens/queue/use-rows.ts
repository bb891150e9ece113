import { useCallback, useEffect, useRef, useState } from 'react'
import type { QueueQuery } from '../../../preload/contract/queue.ts'
import { AppError } from '../../../server/contract/errors.ts'
import { usePort } from '../../ports/port-context.tsx'
import { NO_ROWS, PAGE_ROWS, pagesOf, type RowPages, withPage } from './row-pages.ts'

/** Changes of the store come in bursts while a pull runs; one look at the end of each is enough. */
const COALESCE_MS = 60

export type Rows = {
  readonly rows: RowPages
  /** The query that `rows` answer: until a new one has its first answer, the old rows stay on screen. */
  readonly shown: QueueQuery
  readonly failed: AppError | null
  readonly isWaiting: boolean
  /** The table says which rows are on screen. */
  readonly show: (first: number, last: number) => void
  readonly retry: () => void
}

type Answer = { readonly query: QueueQuery; readonly rows: RowPages }

/** Windowed rows of one query: asks for what is on screen, drops answers to older questions. */
export function useRows(query: QueueQuery): Rows {
  const port = usePort()
  const [answer, setAnswer] = useState<Answer>({ query, rows: NO_ROWS })
  const [failed, setFailed] = useState<AppError | null>(null)
  /** The query that has been answered or has failed. */
  const [settled, setSettled] = useState<QueueQuery | null>(null)
  /** Counts questions; an answer to an earlier generation is dropped. */
  const generation = useRef(0)
  const visible = useRef({ first: 0, last: 0 })
  const asked = useRef(new Set<number>())
  /** Pages asked for since the rows last changed. Others go with the first answer: they show what was, in places that have moved. */
  const current = useRef(new Set<number>())

  const load = useCallback(
    async (page: number) => {
      const mine = generation.current
      asked.current.add(page)
      current.current.add(page)
      try {
        const found = await port.call('queue.page', { ...query, offset: page * PAGE_ROWS, limit: PAGE_ROWS })
        if (mine !== generation.current) return
        setFailed(null)
        setSettled(query)
        const kept = new Set(current.current)
        setAnswer((before) => ({
          query,
          rows: withPage(before.query === query ? before.rows : NO_ROWS, page, found, kept),
        }))
      } catch (cause) {
        if (mine !== generation.current) return
        setFailed(AppError.from(cause))
        setSettled(query)
      } finally {
        if (mine === generation.current) asked.current.delete(page)
      }
    },
    [port, query],
  )
  const reload = useCallback(() => {
    generation.current += 1
    asked.current = new Set()
    current.current = new Set()
    for (const page of pagesOf(visible.current.first, visible.current.last)) void load(page)
  }, [load])

  const lastQuery = useRef(query)
  useEffect(() => {
    // Another query starts at its top; the same one (a fresh mount) where it was.
    if (lastQuery.current !== query) visible.current = { first: 0, last: 0 }
    lastQuery.current = query
    reload()
  }, [query, reload])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const end = port.on('store.changed', () => {
      clearTimeout(timer)
      timer = setTimeout(reload, COALESCE_MS)
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  }, [port, reload])

  const known = answer.query === query ? answer.rows : null
  const show = useCallback(
    (first: number, last: number) => {
      visible.current = { first, last }
      if (known === null) return
      for (const page of pagesOf(first, last)) {
        if (!known.pages.has(page) && !asked.current.has(page)) void load(page)
      }
    },
    [known, load],
  )
  return {
    rows: answer.rows,
    shown: answer.query,
    failed,
    isWaiting: settled !== query,
    show,
    retry: reload,
  }
}
