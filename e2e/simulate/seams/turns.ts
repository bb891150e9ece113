/** Where the product lets others go first: whoever waits for the world to stand still must know that it goes on. */
function createTurns() {
  const state = { given: 0 }
  return {
    give: <T>(value: T): Promise<T> => {
      state.given += 1
      return new Promise((resolve) =>
        setImmediate(() => {
          state.given -= 1
          resolve(value)
        }),
      )
    },
    areGiven: () => state.given > 0,
  }
}

export const turns = createTurns()
