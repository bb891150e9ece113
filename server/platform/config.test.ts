import { expect, test } from 'vitest'
import { readConfig, SETTINGS } from './config.ts'
import { refusalOfNode } from './node-version.ts'

test('with nothing given it is the demonstration on this machine', () => {
  expect(readConfig([], {})).toMatchObject({
    kind: 'config',
    config: { host: '127.0.0.1', port: 8443, oidcAudience: 'urn:loupe:api', log: 'info' },
  })
})

test('a flag wins over the environment, and an empty variable counts as none', () => {
  const answer = readConfig(['--port', '0', '--data', '/somewhere'], { LOUPE_PORT: '9', LOUPE_HOST: '' })
  expect(answer).toMatchObject({ config: { port: 0, data: '/somewhere', host: '127.0.0.1' } })
})

test.each([
  { case: 'a port that is none', args: ['--port', 'https'], env: {}, says: 'LOUPE_PORT' },
  { case: 'an unknown flag', args: ['--prot', '1'], env: {}, says: '--prot' },
  { case: 'a certificate without its key', args: [], env: { LOUPE_TLS_CERT: 'a.pem' }, says: 'LOUPE_TLS_KEY' },
  {
    case: 'a database without its owner',
    args: [],
    env: { LOUPE_DATABASE_URL: 'postgres://a@b/c' },
    says: 'LOUPE_DATABASE_OWNER_URL',
  },
  {
    case: 'half of the S3 credentials',
    args: [],
    env: { LOUPE_S3_ACCESS_KEY_ID: 'a' },
    says: 'LOUPE_S3_SECRET_ACCESS_KEY',
  },
  { case: 'a public host with the demonstration', args: [], env: { LOUPE_HOST: '0.0.0.0' }, says: 'LOUPE_OIDC_ISSUER' },
  {
    case: 'a host name that only looks like loopback',
    args: [],
    env: { LOUPE_HOST: '127.0.0.1.example.org' },
    says: 'LOUPE_OIDC_ISSUER',
  },
  {
    case: 'a public host with the demo certificate',
    args: [],
    env: { LOUPE_HOST: '0.0.0.0', LOUPE_OIDC_ISSUER: 'https://id.example' },
    says: 'LOUPE_TLS_CERT',
  },
  {
    case: 'a provider that is no address',
    args: [],
    env: { LOUPE_OIDC_ISSUER: 'id' },
    says: 'LOUPE_OIDC_ISSUER: must',
  },
  {
    case: 'a demonstration that others are led to',
    args: [],
    env: { LOUPE_PUBLIC_URL: 'https://loupe.example' },
    says: 'LOUPE_OIDC_ISSUER',
  },
  {
    case: 'a provider whose keys anybody on the way could replace',
    args: [],
    env: { LOUPE_OIDC_ISSUER: 'http://id.example' },
    says: 'LOUPE_OIDC_ISSUER: must be an https address',
  },
  {
    case: 'addresses of photos that anybody on the way could read',
    args: [],
    env: { LOUPE_PUBLIC_URL: 'http://loupe.example', LOUPE_OIDC_ISSUER: 'https://id.example' },
    says: 'LOUPE_PUBLIC_URL: must be an https address',
  },
])('$case is refused with words that name it', ({ args, env, says }) => {
  const answer = readConfig(args, env)
  expect(answer).toMatchObject({ kind: 'refused' })
  expect(JSON.stringify(answer)).toContain(says)
})

test('a provider on this machine needs no certificate', () => {
  expect(readConfig([], { LOUPE_OIDC_ISSUER: 'http://127.0.0.1:9' })).toMatchObject({ kind: 'config' })
})

test('a slash at the end of the public address is not doubled in the addresses of photos', () => {
  const env = { LOUPE_PUBLIC_URL: 'https://loupe.example/', LOUPE_OIDC_ISSUER: 'https://id.example' }
  expect(readConfig([], env)).toMatchObject({ config: { publicUrl: 'https://loupe.example' } })
})

test('--help names every setting', () => {
  const answer = readConfig(['--help'], {})
  for (const setting of Object.values(SETTINGS))
    expect(answer).toMatchObject({ text: expect.stringContaining(setting.env) })
})

test('an old Node is refused in words that say what to do', () => {
  expect(refusalOfNode('20.19.2')).toMatch(/npm run/)
  expect(refusalOfNode('24.21.0')).toBeUndefined()
  expect(refusalOfNode('26.0.0')).toBeUndefined()
})
