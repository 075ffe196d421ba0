import { format, resolveConfig } from 'prettier';

/** Markdown as `npm run format` leaves it. @param file where it will stand, which decides the settings */
export async function formatMarkdown(text: string, file: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}
