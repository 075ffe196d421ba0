/** Stands in for the real handlers, so that the stacks can be tested without bundling them. */
export const handler = async (): Promise<object> => ({});
