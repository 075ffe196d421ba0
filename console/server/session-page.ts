/** Hands the token over to the page's own storage, which nobody but this origin reads, and then opens the page. */
export function sessionPage(token: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>order-events</title><meta name="console-token" content="${escapeText(token)}"></head>
<body><script src="/session.js"></script><noscript>The console needs JavaScript.</noscript></body>
</html>
`;
}

/** A page on disk that posts the token, so that it is in no address: what is in an address ends in histories and logs. */
export function openingPage(endpoint: string, token: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>order-events console</title></head>
<body>
<form method="post" action="${escapeText(endpoint)}/session">
<input type="hidden" name="token" value="${escapeText(token)}">
<button>Open the console</button>
</form>
<script>document.forms[0].submit();</script>
</body>
</html>
`;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => ESCAPED[char] ?? char);
