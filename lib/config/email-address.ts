/** Whether a text looks like an e-mail address; whether somebody reads it only a message can tell. */
export function isEmailAddress(text: unknown): text is string {
  return typeof text === 'string' && /^[^@\s]+@[^@\s]+$/.test(text);
}
