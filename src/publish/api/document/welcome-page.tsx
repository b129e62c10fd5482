import type { Child } from "hono/jsx";
import { exchangePath } from "../access/exchange-route.ts";
import { anonymousLimit, exchangeLimit, territoryLimit } from "../access/limit.ts";
import type { ApiRoute } from "../api-route.ts";

/** Address of the page's style sheet. */
export const sheetPath = "/api/style.css";

/** Returns the HTML page that introduces the API to people. `url`: of the API, without final slash. */
export function welcomePage(routes: readonly ApiRoute[], url: string): string {
  const under = new URL(url).pathname.replace(/\/+$/, "");
  const page = (
    <html lang="fr">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>API des aides publiques</title>
        <link rel="stylesheet" href={`${under}${sheetPath}`} />
      </head>
      <body>
        <main>
          <h1>API des aides publiques</h1>
          <p>
            Les aides publiques aux collectivités et à leurs partenaires, rassemblées et tenues à jour chaque nuit. La lecture est libre.
          </p>
          <Begin url={url} under={under} />
          <Addresses routes={routes} />
          <Changes url={url} />
          <Licence />
          <Keys url={url} />
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${typeset(page.toString())}`;
}

/** Adds non-breaking blanks where French needs them. */
function typeset(html: string): string {
  return html.replace(/ (?=[:»])/g, "\u00a0").replace(/ (?=[;?!])/g, "\u202f");
}

interface Given {
  readonly url: string;
}

function Begin({ url, under }: Given & { readonly under: string }): Child {
  return (
    <section>
      <h2>Pour commencer</h2>
      <Code text={`curl "${url}/api/aids/?perimeter_codes=DEP-26&category_slugs=eau-potable"`} />
      <p>
        Chaque page donne <code>count</code>, <code>results</code> et l’adresse <code>next</code> de la suivante : suivez-la jusqu’à ce
        qu’elle soit <code>null</code>. Les demandes connues des clients de l’API d’Aides-territoires ont ici la même réponse, ou un refus
        qui dit pourquoi (statut 400). Un paramètre sans effet est nommé dans <code>ignored_parameters</code>.
      </p>
      <ul>
        <li>
          <a href={`${under}/api/openapi.json`}>Document OpenAPI</a> : toutes les adresses, tous les paramètres, de quoi engendrer un client
        </li>
        <li>
          <a href={`${under}/api/id-correspondences.csv`}>Correspondance des numéros</a> : types, porteurs, programmes, territoires
        </li>
        <li>
          <a href={`${under}/api/changes.atom`}>Changements de l’API</a> (Atom)
        </li>
        <li>
          <a href={`${under}/open-data/`}>Fichiers complets</a>, refaits chaque nuit : CSV du schéma national, JSON, Excel
        </li>
      </ul>
    </section>
  );
}

function Addresses({ routes }: { readonly routes: readonly ApiRoute[] }): Child {
  return (
    <section>
      <h2>Adresses</h2>
      <dl>
        {routes
          .filter(({ path }) => path.startsWith("/api/"))
          .map(({ path, method = "get", summary }) => (
            <>
              <dt>
                <code>
                  {method.toUpperCase()} {path.replace(/:(\w+)/g, "{$1}")}
                </code>
              </dt>
              <dd>{summary}</dd>
            </>
          ))}
      </dl>
      <p>
        Un paramètre incorrect est nommé, avec ce qui peut être écrit (statut 400). Les problèmes sont dits en{" "}
        <code>application/problem+json</code> (RFC 9457).
      </p>
    </section>
  );
}

function Changes({ url }: Given): Child {
  return (
    <section>
      <h2>Suivre les changements</h2>
      <Code text={`curl "${url}/api/aids/?changed_since=2026-11-24"`} />
      <p>
        Les aides changées viennent en entier, celles qui ne sont plus là avec <code>"deleted": true</code> : retirez-les de chez vous.
        Gardez l’adresse <code>resume</code> de la dernière page pour la fois suivante.
      </p>
    </section>
  );
}

function Licence(): Child {
  return (
    <section>
      <h2>Réutiliser</h2>
      <p>
        Chaque aide dit ce qui permet de la réutiliser (<code>reuse_basis</code>) et porte une phrase à montrer avec elle (
        <code>reuse_mention</code>) : producteur, date de mise à jour, mention qu’il demande. Les aides qui ne peuvent pas être réutilisées
        ne sont pas ici, les coordonnées de personnes non plus.
      </p>
    </section>
  );
}

function Keys({ url }: Given): Child {
  return (
    <section>
      <h2>Limites et clés</h2>
      <p>
        Sans clé : {anonymousLimit.max} requêtes par minute et par adresse, et {territoryLimit.max} pour <code>/api/perimeters/</code>. Les
        en-têtes <code>RateLimit-Policy</code> et <code>RateLimit</code> disent la limite et ce qui en reste ; au-delà, la réponse est 429
        et <code>Retry-After</code> dit combien de secondes attendre.
      </p>
      <p>
        Pour une limite plus haute, demandez une clé à l’équipe qui tient ce service, en disant qui vous êtes et ce que vous en ferez. Elle
        s’échange contre un jeton valable un jour ({exchangeLimit.max} échanges refusés par minute au plus) :
      </p>
      <Code
        text={`curl --request POST --header "X-AUTH-TOKEN: <clé>" ${url}${exchangePath}\ncurl --header "Authorization: Bearer <jeton>" ${url}/api/aids/`}
      />
    </section>
  );
}

function Code({ text }: { readonly text: string }): Child {
  return (
    <pre>
      <code>{text}</code>
    </pre>
  );
}
