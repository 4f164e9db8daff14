/** The most orders in one run, as the contract has it; the server refuses more. */
export const RUN_ROWS_MAX = 20_000;
