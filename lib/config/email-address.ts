/** Returns whether a text looks like an e-mail address. Only a message can show whether it exists. */
export function isEmailAddress(text: unknown): text is string {
  return typeof text === 'string' && /^[^@\s]+@[^@\s]+$/.test(text);
}
