/** Rows that no test on one machine can prove, with the reasons. A row is listed only with a reason. */
export const rowsNotShown: Readonly<Record<string, string>> = {};
