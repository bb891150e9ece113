const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * Only a sign-in page is ever opened outside, and its address comes from our own data process, never from the window.
 * https, or http to this machine (the demonstration's identity provider); nothing that starts a program, no passwords.
 */
export function mayOpenExternal(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))
}
