import { expect, test } from 'vitest'
import { mayOpenExternal } from './open-external.ts'

test.each([
  { url: 'https://login.practice.test/auth?client_id=x', may: true },
  { url: 'http://127.0.0.1:4000/auth', may: true },
  { url: 'http://login.practice.test/auth', may: false },
  { url: 'http://127.0.0.1.attacker.test/', may: false },
  { url: 'https://user:secret@login.practice.test/', may: false },
  { url: 'file:///etc/passwd', may: false },
  { url: 'smb://attacker.test/share', may: false },
  { url: 'javascript:alert(1)', may: false },
  { url: 'ms-msdt:/id', may: false },
  { url: '\\\\attacker.test\\share', may: false },
  { url: '', may: false },
])('$url → $may', ({ url, may }) => {
  expect(mayOpenExternal(url)).toBe(may)
})
