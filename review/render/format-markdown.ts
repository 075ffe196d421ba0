import { format, resolveConfig } from 'prettier';

/** Formats Markdown as `npm run format` does. @param file the path of the file, which decides the settings */
export async function formatMarkdown(text: string, file: string): Promise<string> {
  return format(text, { ...(await resolveConfig(file)), parser: 'markdown' });
}
