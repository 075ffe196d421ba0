/** The key of a record that ends every process it meets. */
export const KILLER = 'killer';
