/** In the environment of every process that a test run starts, and so in theirs: by it they are found when the run is gone. */
export const RUN_MARK = 'LOUPE_TEST_RUN'
