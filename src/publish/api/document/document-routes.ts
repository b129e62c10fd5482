import type { ApiRoute } from "../route.ts";
import { openApiDocument } from "./openapi-document.ts";
import { sheetPath, welcomePage } from "./welcome-page.tsx";

const pageSafety = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const sheet = `body { margin: 0; font: 1rem/1.6 system-ui, sans-serif; color: #161616; background: #fff }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1, h2 { line-height: 1.25 } h2 { margin-top: 2.5rem } a { color: #000091 }
pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; background: #f6f6f6 } code { font-family: ui-monospace, monospace; font-size: .9em }
dt { margin-top: .75rem } dd { margin: 0 0 0 1rem }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #161616 } a { color: #aab4ff } pre { background: #2a2a2a } }
`;

/** Routes that describe the others: a page for people at `/api/` and the OpenAPI document. They are not part of the document. */
export function documentRoutes(routes: readonly ApiRoute[]): readonly ApiRoute[] {
  return [
    {
      path: "/api/openapi.json",
      name: "document",
      summary: "Document OpenAPI",
      parameters: [],
      changesWith: "code",
      answer: ({ services }) => ({ json: JSON.stringify(openApiDocument(routes, services.url)) }),
    },
    {
      path: "/api/",
      name: "welcome",
      summary: "Ce qu’est l’API",
      parameters: [],
      changesWith: "code",
      answer: ({ services }) => textOf(welcomePage(routes, services.url), "text/html; charset=utf-8"),
    },
    {
      path: sheetPath,
      name: "style",
      summary: "Feuille de style",
      parameters: [],
      changesWith: "code",
      answer: () => textOf(sheet, "text/css; charset=utf-8"),
    },
  ];
}

function textOf(text: string, type: string): Response {
  return new Response(text, { headers: { "content-type": type, "content-security-policy": pageSafety } });
}
