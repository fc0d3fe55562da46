/** The development provider's page: who wants to sign in? */
import type { DevelopmentUser } from './development-provider.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (it) => escapes[it] ?? '');

const style = `
  body { margin: 0; font: 16px/1.7 "BIZ UDPGothic", "Hiragino Sans", "Noto Sans CJK JP", sans-serif; color: #1a1a1a; background: #f5f7fc; }
  main { max-width: 720px; margin: 48px auto; padding: 0 24px; }
  h1 { font-size: 28px; line-height: 1.4; margin: 0 0 8px; }
  .mark { display: inline-block; padding: 2px 12px; border: 2px solid #5c3b00; border-radius: 6px; background: #fff6d6; color: #5c3b00; font-weight: 700; font-size: 14px; }
  ul { list-style: none; margin: 24px 0; padding: 0; display: grid; gap: 12px; }
  button { display: grid; grid-template-columns: 1fr auto; width: 100%; padding: 16px 20px; text-align: left; font: inherit; color: inherit; background: #fff; border: 1px solid #b4bdd3; border-radius: 10px; cursor: pointer; }
  button:hover { border-color: #0017c1; background: #e8f1fe; }
  button:focus-visible { outline: 4px solid #000; outline-offset: 2px; box-shadow: 0 0 0 6px #ffd43d; }
  b { font-size: 18px; } small { grid-column: 1 / -1; font-size: 14px; color: #3d3d3d; }
  span.go { color: #0017c1; font-weight: 700; }
`;

export function peoplePage(uid: string, users: readonly DevelopmentUser[]): string {
  const rows = users.map(
    ({ id, name, note }) =>
      `<li><button name="user" value="${escaped(id)}"><b>${escaped(name)}</b><span class="go" aria-hidden="true">→</span><small>${escaped(note)}</small></button></li>`,
  );
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>デモの職員を選ぶ</title><style>${style}</style></head>
<body><main>
<p><span class="mark">開発用 / development only</span></p>
<h1>どなたがサインインしますか</h1>
<p>架空の職員です。パスワードはありません。本番では自治体の認証基盤がこの役目をします。</p>
<form method="post" action="/interaction/${escaped(uid)}"><ul>
${rows.join('\n')}
</ul></form>
</main></body></html>`;
}
