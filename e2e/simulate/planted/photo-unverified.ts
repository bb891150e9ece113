import type { downloadPhoto as real } from '../../../electron/media/photo-download.ts'

export * from '../../../electron/media/photo-download.ts'

export const downloadPhoto: typeof real = async ({ http, serverUrl, folder }, photo, url) => {
  const answer = await http.send({
    method: 'GET',
    url: new URL(url, serverUrl).href,
    maxBytes: photo.bytes,
    timeoutMs: 60_000,
  })
  if (answer.status !== 200) return 'not-now'
  await folder.save([photo.hash, photo.size], answer.body)
  return 'here'
}
