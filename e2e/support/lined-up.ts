import type { Page } from 'playwright'
import type { KnownPair, PhotoPair } from '../../preload/contract/alignment.ts'
import type { Bridge } from '../../preload/contract/ipc.ts'
import type { PhotoCheck } from '../../preload/contract/photo-check.ts'
import type { ReviewCase } from '../../preload/contract/review.ts'

export type KnownCount = {
  readonly pairs: number
  readonly pairsKnown: number
  readonly photos: number
  /** Those that the workstation has looked at: `renderer/checks`. */
  readonly photosKnown: number
}

/** Of so many waiting scans, from the top or further down: photos and pairs with the scan before, and how many the store knows. */
export function countKnown(page: Page, scans: number, after = 0): Promise<KnownCount> {
  return page.evaluate(
    async ([first, last]) => {
      const { loupe } = window as unknown as { readonly loupe: Bridge } // the preview's own script has put it there
      const call = async <T>(name: Parameters<Bridge['call']>[0], input: unknown): Promise<T> => {
        const reply = await loupe.call(name, input)
        if (!reply.ok) throw new Error(`${name}: ${reply.code}`)
        return reply.value as T
      }
      const query = { lane: 'waiting', sort: 'wait', descending: true, search: '', from: null }
      const ids = (await call<string[]>('queue.batch', query)).slice(first, last)
      const count = { pairs: 0, pairsKnown: 0, photos: 0, photosKnown: 0 }
      for (const sessionId of ids) {
        const { session, priors } = await call<ReviewCase>('review.open', { sessionId })
        const pairs = session.images.flatMap(({ view, photo }): PhotoPair[] => {
          const earlier = priors.flatMap((prior) => prior.images.find((image) => image.view === view)?.photo ?? [])[0]
          return photo == null || earlier === undefined ? [] : [{ current: photo.hash, prior: earlier.hash, view }]
        })
        const found = pairs.length === 0 ? [] : await call<KnownPair[]>('align.find', pairs)
        const hashes = session.images.flatMap(({ photo }) => photo?.hash ?? [])
        const checks = hashes.length === 0 ? [] : await call<PhotoCheck[]>('checks.find', hashes)
        count.pairs += pairs.length
        count.pairsKnown += found.filter(({ alignment }) => alignment !== null).length
        count.photos += hashes.length
        count.photosKnown += new Set(checks.map(({ hash }) => hash)).size
      }
      return count
    },
    [after, after + scans] as const,
  )
}
