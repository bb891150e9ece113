import { expect, test } from 'vitest'
import { readAppOptions } from './app-options.ts'

test.each([
  { who: 'npm start', argv: ['electron', '.', '--server=https://127.0.0.1:8443', '--ca=/x/ca.pem', '--data=/x/w'] },
  {
    who: 'a packaged app',
    argv: ['loupe', '--no-sandbox', '--server', 'https://127.0.0.1:8443/', '--ca', '/x/ca.pem', '--data', '/x/w'],
  },
])('$who says where its server is', ({ argv }) => {
  expect(readAppOptions(argv, {}, '/home/u')).toEqual({
    serverUrl: 'https://127.0.0.1:8443',
    caFile: '/x/ca.pem',
    dataDir: '/x/w',
  })
})

test('an address that is none leaves the server unknown', () => {
  expect(readAppOptions(['loupe', '--server=file:///x'], {}, '/home/u').serverUrl).toBeNull()
  expect(readAppOptions(['loupe'], { LOUPE_SERVER_URL: 'https://s.test' }, '/home/u')).toEqual({
    serverUrl: 'https://s.test',
    caFile: null,
    dataDir: '/home/u/workstation',
  })
})
