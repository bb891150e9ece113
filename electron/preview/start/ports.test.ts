import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { chooseServerPort } from './ports.ts'

test('a default port that is taken gives way to a free one', async () => {
  const holder = createServer()
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
  const { port } = holder.address() as { port: number } // a TCP server's address
  expect(await chooseServerPort(port, false)).toBe(0)
  await expect(chooseServerPort(port, true)).rejects.toThrow(`Port ${port} is taken`)
  await new Promise((resolve) => holder.close(resolve))
  expect(await chooseServerPort(port, true)).toBe(port)
})
