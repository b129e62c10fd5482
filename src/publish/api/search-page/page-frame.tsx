import type { Child } from "hono/jsx";
import type { ApiVisit } from "../api-route.ts";

/** Address of the style sheet of the search pages. */
export const searchSheetPath = "/recherche/style.css";

/** Address of the page to start from. */
export const searchPath = "/recherche/";

/** Returns the path of the API's public address, without final slash. */
export function underOf({ services: { url } }: ApiVisit): string {
  return new URL(url).pathname.replace(/\/+$/, "");
}

/** Returns a whole HTML page. */
export function searchDocument(visit: ApiVisit, { title, content }: { readonly title: string; readonly content: Child }): Response {
  const under = underOf(visit);
  const page = (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{title}</title>
        <link rel="stylesheet" href={`${under}${searchSheetPath}`} />
      </head>
      <body>
        <a class="skip" href="#contenu">
          Aller au contenu
        </a>
        <header>
          <a href={`${under}${searchPath}`}>Trouver une aide pour ma commune</a>
        </header>
        <main id="contenu" tabindex={-1}>
          {content}
        </main>
        <LegalLinks publicUrl={visit.services.settings.publicUrl} />
      </body>
    </html>
  );
  return new Response(`<!doctype html>${typeset(page.toString())}`, {
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": safety, "x-robots-tag": "noindex" },
  });
}

/** The links that the law requires on each page. The console serves the pages. */
function LegalLinks({ publicUrl }: { readonly publicUrl: string | null }): Child {
  if (publicUrl === null) return null;
  return (
    <footer>
      <ul class="follow">
        <li>
          <a href={`${publicUrl}/accessibilite`}>Accessibilité : non conforme</a>
        </li>
        <li>
          <a href={`${publicUrl}/mentions-legales`}>Mentions légales</a>
        </li>
        <li>
          <a href={`${publicUrl}/donnees-personnelles`}>Données personnelles</a>
        </li>
      </ul>
    </footer>
  );
}

/** Other sites may show the page in a frame. It executes nothing, and sends its form only here. */
const safety = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors *";

/** Adds non-breaking blanks where French needs them, in text and not in tags. */
function typeset(html: string): string {
  return html.replace(/>[^<]+/g, (text) => text.replace(/ (?=[:»%€])|(?<=«) /g, "\u00a0").replace(/ (?=[;?!])/g, "\u202f"));
}

/** Style sheet: readable in light and dark, narrow, printed and in a frame. No sign of the State. */
export const searchSheet = `:root { color-scheme: light dark; --ink: #1b1b1b; --ground: #fff; --line: #767676; --link: #0b3d91; --soft: #f3f3f3; --warn: #fff4d6; --warn-line: #b35900 }
@media (prefers-color-scheme: dark) { :root { --ink: #eee; --ground: #161616; --line: #8d8d8d; --link: #a9c1ff; --soft: #242424; --warn: #3a2d10; --warn-line: #ffb454 } }
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); background: var(--ground); overflow-wrap: anywhere }
:is(header, main, footer) { max-width: 50rem; margin: 0 auto; padding: 1rem } main { padding-bottom: 3rem } footer { border-top: 1px solid var(--line) }
header { padding-bottom: 0 } h1 { margin: .75rem 0; font-size: 1.6rem } main:focus { outline: none }
h1, h2, h3 { line-height: 1.25 } h3 { margin: 0 0 .25rem; font-size: 1.15rem }
a { color: var(--link) }
:is(a, input, select, textarea, button, summary):focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -100vw } .skip:focus { left: 1rem; top: .5rem; background: var(--ground); padding: .5rem }
form.ask { display: grid; gap: 1rem; padding: 1rem; background: var(--soft) }
.send { margin: 0 }
@media (min-width: 40rem) {
  form.ask { grid-template-columns: 2fr 3fr } form.ask .send { grid-column: 1 / -1 }
  search form.ask { grid-template-columns: 3fr 4fr 2fr; align-items: end } search form.ask details.send { grid-column: 1 / 3 } search form.ask p.send { grid-column: 3; justify-self: end } search .send { align-self: start }
}
label { display: block; font-weight: 600 } .hint { display: block; font-weight: 400; font-size: .875rem }
input[type="text"], select, textarea { width: 100%; padding: .6rem; font: inherit; font-weight: 400; color: inherit; background: var(--ground); border: 1px solid var(--line) }
button { padding: .6rem 1.25rem; font: inherit; font-weight: 600; color: var(--ground); background: var(--link); border: 0 }
article { padding: 1rem 0; border-top: 1px solid var(--line) }
form.ask details label { margin-top: .5rem }
.tag { padding: 0 .4rem; font-size: .8rem; font-weight: 400; border: 1px solid var(--line); white-space: nowrap }
.by, .source { margin: .25rem 0; font-size: .9rem }
.warning { padding: .5rem .75rem; background: var(--warn); border-left: 4px solid var(--warn-line) }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .25rem 1rem; margin: .5rem 0 } dt { font-weight: 600 } dd { margin: 0 } dd p { margin: 0 }
.choose label { font-weight: 400 }
ul.follow { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none }
@media print { form.ask, .skip, .choose, .no-print, button { display: none } article { break-inside: avoid } a { color: inherit } header, footer { display: none } main { max-width: none; padding: 0 } }
`;
