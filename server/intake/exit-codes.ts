export const EXIT = { allGood: 0, somePhotosRefused: 1, nothingSent: 2, serverFailed: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
