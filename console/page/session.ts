import { TOKEN_KEY } from './token.ts';

const token = document.querySelector('meta[name="console-token"]')?.getAttribute('content');
if (token !== null && token !== undefined) sessionStorage.setItem(TOKEN_KEY, token);
location.replace('/');
