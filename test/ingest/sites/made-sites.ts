import { gzipSync } from "node:zlib";
import type { SiteFile } from "../../support/site-server.ts";
import { inPages, type MadeAid, madeAids, wholePage } from "./made-pages.ts";

type Files = Readonly<Record<string, SiteFile>>;
const aids = madeAids(40);

function pagesOf(list: readonly MadeAid[], path: (aid: MadeAid) => string, page: (aid: MadeAid) => SiteFile): Files {
  return Object.fromEntries(list.map((aid) => [path(aid), page(aid)]));
}

function latin1(text: string): SiteFile {
  return {
    body: Buffer.from(text.replace('<meta charset="utf-8">', '<meta charset="iso-8859-1">'), "latin1"),
    type: "text/html",
    etag: false,
  };
}

/** A guide that a department writes by hand: a table, pages of labels in bold, windows-1252, no validators. */
export const departmentGuide = (): Files => ({
  "/guide/index.php": latin1(
    wholePage(
      "Guide",
      `<div id="contenu"><table class="guide"><tr><th>Aide</th><th>Service</th></tr>${aids
        .map((aid) => `<tr><td><a href="fiche.php?id=${aid.number}">${aid.title}</a></td><td>Direction</td></tr>`)
        .join("")}</table></div>`,
    ),
  ),
  ...pagesOf(
    aids,
    (aid) => `/guide/fiche.php?id=${aid.number}`,
    (aid) =>
      latin1(
        wholePage(
          aid.title,
          `<div id="contenu"><h2>${aid.title}</h2><p><b>Objectifs</b></p><p>${aid.purpose}</p><p><b>2. Opérations éligibles :</b></p><ul><li>Études</li><li>Travaux</li></ul>
        <p><b>Bénéficiaires :</b> ${aid.audience}<br><b>Taux :</b> 20 %</p><p>Date limite : ${aid.deadline}</p>
        <table><tr><th>Contact</th><td>${aid.contact}</td></tr></table></div>`,
        ),
      ),
  ),
});

/** A news feed whose items are beginnings; the pages have microdata and OpenGraph. */
export const rssWithPages = (origin: string): Files => ({
  "/aides.rss": {
    type: "application/rss+xml",
    body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Aides</title>${aids
      .map(
        (aid) =>
          `<item><title>${aid.title}</title><link>${origin}/aide/${aid.number}</link><guid>aide-${aid.number}</guid><description>Début…</description><pubDate>Mon, 02 Nov 2026 08:00:00 +0100</pubDate></item>`,
      )
      .join("")}</channel></rss>`,
  },
  ...pagesOf(
    aids,
    (aid) => `/aide/${aid.number}`,
    (aid) =>
      wholePage(
        aid.title,
        `<main><div itemscope itemtype="https://schema.org/GovernmentService"><h1 itemprop="name">${aid.title}</h1><div itemprop="description">${aid.purpose}</div>
      <p>Pour : <span itemprop="audience">${aid.audience}</span></p><div itemprop="provider" itemscope itemtype="https://schema.org/GovernmentOrganization"><span itemprop="name">Agence Exemple</span></div></div></main>`,
        `<meta property="og:title" content="${aid.title}"><meta property="og:description" content="${aid.purpose}">`,
      ),
  ),
});

const many = madeAids(300);

/** An index of gzipped sitemaps: 300 aids and as many other pages. The pages have JSON-LD. */
export const sitemapSite = (origin: string): Files => {
  const urlset = (urls: readonly string[]) =>
    gzipSync(
      `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls
        .map((url) => `<url><loc>${origin}${url}</loc><lastmod>2026-11-02</lastmod><priority>0.5</priority></url>`)
        .join("")}</urlset>`,
    );
  const parts = inPages(many, 150).map((part) => part.flatMap((aid) => [`/aides/aide-${aid.number}`, `/actualites/article-${aid.number}`]));
  return {
    "/robots.txt": { type: "text/plain", body: "User-agent: *\nDisallow: /recherche\nCrawl-delay: 0" },
    "/sitemap.xml": {
      type: "application/xml",
      body: `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${parts.map((_, index) => `<sitemap><loc>${origin}/sitemap-${index}.xml.gz</loc></sitemap>`).join("")}</sitemapindex>`,
    },
    ...Object.fromEntries(parts.map((urls, index) => [`/sitemap-${index}.xml.gz`, { type: "application/gzip", body: urlset(urls) }])),
    ...pagesOf(many, (aid) => `/aides/aide-${aid.number}`, jsonLdPage),
  };
};

function jsonLdPage(aid: MadeAid): string {
  const data = {
    "@context": "https://schema.org",
    "@graph": [
      { "@type": "BreadcrumbList", itemListElement: [] },
      {
        "@type": "GovernmentService",
        name: aid.title,
        description: `<p>${aid.purpose}</p>`,
        audience: { "@type": "Audience", name: aid.audience },
      },
    ],
  };
  return wholePage(
    aid.title,
    `<main><h1>${aid.title}</h1></main>`,
    `<script type="application/ld+json">{ broken</script><script type="application/ld+json">${JSON.stringify(data)}</script>`,
  );
}

/** An agency: a CSV of titles and addresses, and pages with JSON-LD. */
export const jsonLdAgency = (): Files => ({
  "/liste.csv": {
    type: "text/csv",
    body: `id;titre;adresse\n${aids.map((aid) => `${aid.number};"${aid.title}";/fiches/${aid.number}.html`).join("\n")}\n`,
  },
  ...pagesOf(aids, (aid) => `/fiches/${aid.number}.html`, jsonLdPage),
});

/** An API with identifiers only, whose site answers 200 for pages that are gone. */
export const soft404 = (): Files => ({
  "/api/aides.json": {
    type: "application/json",
    body: JSON.stringify({ total: 40, aides: aids.map((aid) => ({ id: aid.number, slug: `aide-${aid.number}` })) }),
  },
  ...pagesOf(aids, (aid) => `/fiche/aide-${aid.number}`, labelPage),
});

/** The page that such a site sends for every address that it does not know. */
export const notFoundPage = wholePage(
  "Page introuvable",
  "<main><h1>Oups, cette page n’existe plus</h1><p>Retournez à l’accueil.</p></main>",
);

function labelPage(aid: MadeAid): string {
  return wholePage(
    aid.title,
    `<main><h1>${aid.title}</h1><dl><dt>Objet</dt><dd>${aid.purpose}</dd><dt>Publics</dt><dd><ul><li>${aid.audience}</li><li>Collectivités</li></ul></dd><dt>Clôture :</dt><dd>${aid.deadline}</dd></dl></main>`,
  );
}

/** A foundation: an HTML list with an announced number, and pages of definition lists. */
export const foundation = (): Files => ({
  "/aides": wholePage(
    "Nos appels",
    `<main><p class="compteur">40 appels à projets</p><ul class="appels">${aids
      .map((aid) => `<li data-id="${aid.number}"><a href="/appels/${aid.number}">${aid.title}</a></li>`)
      .join("")}</ul></main>`,
  ),
  ...pagesOf(aids, (aid) => `/appels/${aid.number}`, labelPage),
});

/** The page that hides every other until visitors have accepted cookies. */
export const consentPage = `<!doctype html><html lang="fr"><head><title>Vos choix</title></head><body><div class="wall"><p>Avec votre accord, nos partenaires et nous utilisons des cookies. Les traceurs mesurent l’audience.</p><button>Tout accepter</button><a href="/refus">Continuer sans accepter</a></div></body></html>`;

/** The sign-in page that some intranets send instead. */
export const signInPage = `<!doctype html><html><head><title>Connexion</title></head><body><form><label>Identifiant <input name="login"></label><label>Mot de passe <input type="password" name="pass"></label><button>Se connecter</button></form></body></html>`;

/** A page that a script fills in the browser. */
export const scriptPage = `<!doctype html><html><head><title>Aides</title></head><body><noscript>Vous devez activer JavaScript.</noscript><div id="root"></div><script src="/static/js/main.js"></script></body></html>`;

/** The page of an aid after the foundation has changed its template. */
export function redesignedPage({ title, purpose }: MadeAid): string {
  return wholePage(
    title,
    `<main><div class="hero"><p class="hero__title">${title}</p></div><div class="grid"><div>${purpose}</div></div></main>`,
  );
}

const found = madeAids(100);

/** A search form that sends its parameters by POST, and pages with embedded JSON. */
export const searchForm = (): Files => ({
  ...Object.fromEntries(
    [...inPages(found, 50), []].map((items, index) => [
      `POST /recherche theme=aides&page=${index + 1}`,
      wholePage(
        "Résultats",
        `<main>${items.map((aid) => `<div class="resultat"><a href="/d/${aid.number}">${aid.title}</a></div>`).join("")}</main>`,
      ),
    ]),
  ),
  ...pagesOf(
    found,
    (aid) => `/d/${aid.number}`,
    (aid) =>
      wholePage(
        "Dispositif",
        '<main><div id="__next"></div></main>',
        `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: { dispositif: { titre: aid.title, texte: aid.purpose, publics: [aid.audience] } } } })}</script>`,
      ),
  ),
});
