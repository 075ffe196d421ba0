/** Rows that no test on one machine can show, with the reason. Closed: a row comes here only with one. */
export const rowsNotShown: Readonly<Record<string, string>> = {};
