/** Types of ask.mjs for the two processes of Loupe itself. */
export type Question = { readonly do: string; readonly id: number }
export function answer(handlers: Readonly<Record<string, (question: never) => unknown>>): void
export function nowMs(): number
export function readRows(file: string): AsyncIterable<unknown>
export function inBatches<T>(rows: AsyncIterable<T>, size: number): AsyncIterable<T[]>
export function arrivals(): {
  see(id: string, value: unknown): void
  wait(id: string, value: unknown): { atMs: number } | Promise<{ atMs: number }>
}
