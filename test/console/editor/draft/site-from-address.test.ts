import { describe, expect, it } from "vitest";
import type { Catalogue } from "../../../../src/catalogue/open-catalogue.ts";
import { answersOf } from "../../../../src/console/pages/editor/draft/draft-steps.ts";
import { madeAids, wholePage } from "../../../ingest/sites/made-pages.ts";
import { consentPage, foundation, scriptPage, signInPage } from "../../../ingest/sites/made-sites.ts";
import { ownCatalogue } from "../../../support/catalogues.ts";
import { type ConsoleClient, testConsole } from "../../../support/console-client.ts";
import { type SiteFile, type SiteServer, siteServer } from "../../../support/site-server.ts";

const who = { nom: "Région Bretagne", nature: "region", territoire: "Bretagne", licence: "openlicence20", connecteur: "region-essai" };

/** Serves a site, and begins a draft in a console that may read it. */
async function draftOn(files: Readonly<Record<string, SiteFile>>) {
  const server = await siteServer(() => files);
  const catalogue = await ownCatalogue();
  const console = testConsole(catalogue, { services: { allowHosts: [server.host] } });
  const client = await console.as("bizdev", "Marie");
  const draft = ((await client.post("/brouillons", { nom: who.nom })).to ?? "").replace(/\/producteur$/, "");
  await client.post(`${draft}/producteur`, who);
  return { server, catalogue, client, draft };
}

function give(client: ConsoleClient, draft: string, address: string, more: Readonly<Record<string, string>> = {}) {
  return client.post(`${draft}/flux`, { adresse: address, ...more });
}

async function proposedIn(catalogue: Catalogue) {
  const [draft] = await catalogue.drafts.list();
  return draft === undefined
    ? undefined
    : (answersOf(draft).proposed as { decode: { records: string }; details: { read: object } } | undefined);
}

function pagesAsked({ requests }: SiteServer): string[] {
  return requests.map(({ path }) => path).filter((path) => path.startsWith("/appels/"));
}

describe("the page of a site in the wizard", () => {
  it("is read with three pages, offers its other lists, and then all pages on demand", async () => {
    const links = (folder: string, count: number) =>
      madeAids(count)
        .map(({ number, title }) => `<li><a href="/${folder}/${number}">${title}</a></li>`)
        .join("");
    const list = wholePage(
      "Nos appels",
      `<main><ul class="appels">${links("appels", 8)}</ul><ul class="anciens">${links("anciens", 4)}</ul></main>`,
    );
    const { server, catalogue, client, draft } = await draftOn({ ...foundation(), "/aides": list, "/appels/3": { status: 404 } });
    expect((await give(client, draft, `${server.origin}/aides`)).to).toBe(`${draft}/lecture`);
    expect(pagesAsked(server)).toEqual(["/appels/1", "/appels/5", "/appels/8"]);
    expect(await proposedIn(catalogue)).toMatchObject({
      decode: { records: ".appels > li" },
      details: { read: { labels: { objet: "Objet" } } },
    });

    const reading = await client.get(`${draft}/lecture`);
    expect(reading.html).toContain("La page en a 1 autre");
    expect(reading.html).toContain('name="liste" value=".anciens &gt; li"');
    const waiting = await client.get(`${draft}/champs`);
    expect(waiting.html).toContain("3 pages lues sur 8");
    expect(waiting.html).toContain("Essayer sur toutes les pages");

    const all = await client.act(`${draft}/pages`);
    expect(all.html).toContain("7 pages lues sur 8");
    expect(all.html.replaceAll("\u00a0", " ")).toContain("1 page : la page n’existe plus");
    expect(new Set(pagesAsked(server)).size).toBe(8);
    expect(pagesAsked(server).filter((path) => path === "/appels/1")).toHaveLength(1);
  });

  it("takes another list of the page if a person chooses it", async () => {
    const files = foundation();
    const others = madeAids(4).map(({ number, title }) => `<li><a href="/appels/${number}">${title}</a></li>`);
    const list = String(files["/aides"]).replace("</main>", `<ul class="urgents">${others.join("")}</ul></main>`);
    const { server, catalogue, client, draft } = await draftOn({ ...files, "/aides": list });
    await give(client, draft, `${server.origin}/aides`, { liste: ".urgents > li" });
    expect((await proposedIn(catalogue))?.decode.records).toBe(".urgents > li");
    const gone = await give(client, draft, `${server.origin}/aides`, { liste: "li.none" });
    expect(gone.status).toBe(422);
    expect(gone.html).toContain("La page n’a plus cette liste");
  });

  it.each([
    { page: scriptPage, says: "vide sans JavaScript, que nous n’exécutons pas. Demandez au producteur un fichier" },
    { page: consentPage, says: "demande de consentement (cookies). Demandez au producteur" },
    { page: signInPage, says: "demande de s’identifier. Demandez au producteur" },
    {
      page: wholePage("Nos aides", "<main><h1>Nos aides</h1><p>Contactez-nous.</p></main>"),
      says: "Nous ne trouvons pas de liste sur cette page",
    },
  ])("says why it cannot be read, and what to ask for: $says", async ({ page, says }) => {
    const { server, client, draft } = await draftOn({ "/aides": page });
    const answer = await give(client, draft, `${server.origin}/aides`);
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(says);
  });

  it("respects robots.txt, and says so", async () => {
    const robots = { type: "text/plain", body: "User-agent: *\nDisallow: /aides\n" };
    const { server, client, draft } = await draftOn({ ...foundation(), "/robots.txt": robots });
    const answer = await give(client, draft, `${server.origin}/aides`);
    expect(answer.status).toBe(422);
    expect(answer.html.replaceAll("\u00a0", " ")).toContain("demandez au producteur d’y autoriser « moisson »");
    expect(pagesAsked(server)).toEqual([]);
  });

  it("offers the feeds that it names, and the sitemaps of robots.txt", async () => {
    const head =
      '<link rel="alternate" type="application/rss+xml" href="/aides.rss" title="Nos aides"><link rel="alternate" type="application/rss+xml" href="/comments/feed" title="Commentaires">';
    const home = wholePage("Accueil", '<main><p>Bienvenue. <a href="/data/aides.csv">Les aides en CSV</a></p></main>', head);
    const server = await siteServer((origin) => ({
      "/": home,
      "/robots.txt": { type: "text/plain", body: `Sitemap: ${origin}/sitemap.xml` },
    }));
    const catalogue = await ownCatalogue();
    const client = await testConsole(catalogue, { services: { allowHosts: [server.host] } }).as("bizdev");
    const draft = ((await client.post("/brouillons", { nom: who.nom })).to ?? "").replace(/\/producteur$/, "");
    await client.post(`${draft}/producteur`, who);
    const { html } = await give(client, draft, `${server.origin}/`);
    const offered = [...html.matchAll(/name="adresse" value="([^"]*)"/g)].map(([, address = ""]) => address.replace(server.origin, ""));
    expect(offered).toEqual(expect.arrayContaining(["/aides.rss", "/data/aides.csv", "/sitemap.xml"]));
    expect(offered).not.toContain("/comments/feed");
  });
});
