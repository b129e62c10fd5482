import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readApiSettings } from "../../../../src/publish/api/api-settings.ts";
import { connectorOf, type TestApi, testApi } from "../../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../../support/catalogues.ts";
import { edit } from "../../../support/curate.ts";
import { importPublished } from "../../../support/published-aids.ts";

/** Returns the text of a page without tags, with plain blanks. */
function words(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>|<[^>]+>/g, " ")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replace(/[\s\u00a0\u202f]+/g, " ");
}

/** Returns the text of the mail that a selection proposes. */
function mailBody(html: string): string {
  const link = /href="(mailto:[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&").replaceAll("&#39;", "'") ?? "";
  const { searchParams } = new URL(link);
  expect(searchParams.get("subject")).toBe("Aides pour notre commune");
  return searchParams.get("body") ?? "";
}

const titlesOf = (html: string) => [...html.matchAll(/<h3[^>]*>(?:<a [^>]*>)?([^<]*)/g)].map(([, title]) => title);

describe.each(testedDatabases)("the search page for town halls, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      const drome = [{ scale: "department" as const, code: "26", name: "Drôme" }];
      await importPublished(catalogue, "agence", {
        roof: {
          name: "Toiture des bâtiments scolaires",
          perimeters: drome,
          submissionDeadline: "2027-03-01",
          recurrence: "oneoff",
          subventionRateLowerBound: 20,
          subventionRateUpperBound: 50,
          eligibility:
            "<p>Communes de plus de 2 000 habitants.</p><p>Les travaux ne doivent pas commencer avant le dépôt de la demande.</p>",
          applicationUrl: "https://exemple.fr/demande",
          contact: "<p>Mme Claire Martin, service.ecoles@exemple.fr</p>",
        },
        elsewhere: { name: "Toiture des écoles de Bretagne", perimeters: [{ scale: "region", code: "53", name: "Bretagne" }] },
        associations: { name: "Toiture des écoles associatives", perimeters: drome, targetedAudiences: ["association"] },
        closed: { name: "Toiture close", perimeters: drome, submissionDeadline: "2026-01-01", recurrence: "oneoff" },
        agreed: { name: "Toiture sous convention", perimeters: drome, importShareLicence: "agreement" },
        part: { name: "Mobilier de l'école", perimeters: drome },
        help: { name: "Ingénierie pour les villages", perimeters: drome },
        marked: {
          name: "Gymnase du village",
          perimeters: drome,
          description:
            "<h3>But</h3><p><strong>Objectif :</strong> un <em>gymnase</em> **neuf**, voir [la notice](https://exemple.fr/n).</p>",
        },
        lille: { name: "Jardins partagés", perimeters: [{ scale: "department", code: "59", name: "Nord" }] },
        bikes: { name: "Plan vélo", perimeters: drome, description: "<p>Pistes cyclables, et places de stationnement près du marché.</p>" },
        square: {
          name: "Embellir le bourg",
          perimeters: drome,
          description: "<p>La place du village et ses abords : la place publique est à tous.</p>",
        },
        once: { name: "Fonds des entreprises", perimeters: drome, description: "<p>Garages, salons et menuiseries : garages fermés.</p>" },
        european: { name: "Rural roofs", language: "en", perimeters: drome },
      });
      while ((await catalogue.search.catchUp()) > 0);
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    it("is closed by default", async () => {
      const closed = await testApi(catalogue, { hasSearchPage: readApiSettings({}).hasSearchPage });
      for (const path of ["/recherche/", "/recherche/selection/", "/recherche/style.css"])
        expect((await closed.get(path)).status).toBe(404);
    });

    it("filters by words of ours, and says which aids do not have them yet", async () => {
      const edited = { connector: "agence", externalId: "part" };
      await edit(catalogue, edited, { categories: [] });
      const { text } = await api.get("/recherche/?commune=Crest&projet=%C3%A9cole&thematique=eau-potable");
      expect(titlesOf(text)).toEqual(["Toiture des bâtiments scolaires"]);
      expect(words(text)).toContain("1 autre aide n’est pas encore classée : la voir");
      const [, address = ""] = /href="([^"]*classement=[^"]*)"/.exec(text) ?? [];
      const others = await api.get(address.replaceAll("&amp;", "&"));
      expect(titlesOf(others.text)).toEqual(["Mobilier de l&#39;école"]);
      expect(words(others.text)).toContain("Ces aides ne sont pas encore classées");
      expect(words(others.text)).toContain("Pas encore classée : thématiques.");
      expect(others.text).toContain("category_slugs=eau-potable&amp;unclassified=only");
      expect(words((await api.get("/recherche/?commune=Crest&projet=%C3%A9cole")).text)).not.toContain("n’est pas encore classée");
      await edit(catalogue, edited, {}, ["categories"]);
    });

    it("says the language of foreign texts, and links to the legal pages if it knows their address", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=rural+roofs");
      expect(text).toContain('<h3 lang="en">');
      expect(text).not.toContain("Accessibilité : non conforme");
      const publicUrl = "https://aides.example.fr";
      const known = await testApi(catalogue, { hasSearchPage: true, publicUrl });
      for (const path of ["/recherche/", "/recherche/selection/"])
        for (const page of ["accessibilite", "mentions-legales", "donnees-personnelles"])
          expect((await known.get(path)).text).toContain(`<a href="${publicUrl}/${page}">`);
    });

    it("finds open aids for a commune and a project in everyday words, and says what to know first", async () => {
      const { status, headers, text } = await api.get("/recherche/?commune=Crest&projet=toit+de+l%27%C3%A9cole");
      expect([status, headers.get("x-robots-tag")]).toEqual([200, "noindex"]);
      expect(titlesOf(text)).toEqual(["Toiture des bâtiments scolaires", "Mobilier de l&#39;école"]);
      const shown = words(text);
      expect(shown).toContain("1 aide ouverte pour Crest");
      expect(shown).toMatch(/\d 7?\d{2} habitants|8 \d{3} habitants/);
      expect(shown).toContain("Drôme");
      expect(shown).toContain("Avant de commencer : « Les travaux ne doivent pas commencer avant le dépôt de la demande. »");
      expect(shown).not.toContain("À vérifier, seuil");
      expect(shown).toContain("Jusqu’à quand jusqu’au 1er mars 2027 Combien taux maximal annoncé : 50 % des dépenses (au moins 20 %)");
      expect(text).toContain('<a href="https://exemple.fr/demande">');
      expect(shown).toContain("service.ecoles@exemple.fr");
      expect(shown).not.toContain("Claire");
      expect(text).toContain("/api/aids.ics?perimeter_codes=26108&amp;organization_type_slugs=commune&amp;keyword=toit");
    });

    it("does not look for verbs that every project begins with", async () => {
      expect(titlesOf((await api.get("/recherche/?commune=Crest&projet=refaire+la+toiture")).text)).toEqual([
        "Toiture des bâtiments scolaires",
      ]);
    });

    it("says that a threshold must be checked in a village", async () => {
      const { text } = await api.get("/recherche/?commune=26001&projet=toiture");
      expect(words(text)).toContain("À vérifier, seuil d’habitants : « Communes de plus de 2 000 habitants. »");
    });

    it("asks which commune is meant, and says if there is none", async () => {
      const several = await api.get("/recherche/?commune=26400&projet=haies");
      expect(words(several.text)).toContain("Quelle commune ?");
      const [, choice = ""] = /href="([^"]*)">Crest</.exec(several.text) ?? [];
      const chosen = await api.get(choice.replaceAll("&amp;", "&"));
      expect(words(chosen.text)).toMatch(/aides? ouvertes? pour Crest/);
      expect(chosen.text).toContain('value="Crest (26108)"');
      // 77131 is the INSEE code of Coulommiers, and the postal code of two other communes.
      expect(words((await api.get("/recherche/?commune=77131")).text)).toContain("Quelle commune ?");
      expect(words((await api.get("/recherche/?commune=Saint-Martin")).text)).toContain("Quelle commune ?");
      expect(words((await api.get("/recherche/?commune=Trifouillis")).text)).toContain("Aucune commune ne s’appelle « Trifouillis ».");
      expect(words((await api.get("/recherche/")).text)).toContain("Indiquez votre commune");
    });

    it("shows no marks of Markdown", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=gymnase");
      expect(words(text)).toContain("But Objectif : un gymnase neuf, voir la notice.");
    });

    it("finds delegated and former communes, and says so", async () => {
      const { text } = await api.get("/recherche/?commune=lomme&projet=Lomme+jardins+partag%C3%A9s");
      expect(words(text)).toContain("1 aide ouverte pour Lille");
      expect(words(text)).toContain("Lomme est une commune déléguée ou ancienne : voici les aides de sa commune d’aujourd’hui, Lille.");
      for (const [written, today] of [
        ["Annecy-le-Vieux", "Annecy"],
        ["Sainte-Énimie", "Gorges du Tarn Causses"],
        ["Annecy-le-Vieux (74010)", "Annecy"],
        ["Annecy", "Annecy"],
      ] as const) {
        const shown = words((await api.get(`/recherche/?${new URLSearchParams({ commune: written })}`)).text);
        expect(shown).toMatch(new RegExp(`aides? ouvertes? pour ${today} `));
        expect(shown.includes("déléguée ou ancienne")).toBe(written !== today);
      }
      // Two communes of today and one delegated commune.
      const several = await api.get("/recherche/?commune=Beaulieu");
      expect(words(several.text)).toContain("Quelle commune ?");
      const [, choice = ""] = /href="([^"]*)">[^<]*<\/a> \(dans la commune/.exec(several.text) ?? [];
      expect(words((await api.get(choice.replaceAll("&amp;", "&"))).text)).toContain("Beaulieu est une commune déléguée ou ancienne");
    });

    it("says that nothing is related rather than showing noise, and counts the search", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=t%C3%A9l%C3%A9ph%C3%A9rique");
      expect(words(text)).toContain("0 aide ouverte pour Crest");
      expect(words(text)).toContain("aucune ne s’en approche");
      expect(titlesOf(text)).toEqual([]);
      await api.services.misses.write();
      expect(await catalogue.searchMisses.list("2026-11-01", 50)).toContainEqual(
        expect.objectContaining({ keyword: "telepherique", territory: "commune:26108", count: 1 }),
      );
    });

    it("says what the answer does not hold, first for grants of the préfecture", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=toiture");
      const shown = words(text);
      expect(shown).toContain("La DETR, la DSIL et le FIPD se demandent à la préfecture");
      expect(shown).toContain("Nous ne lisons aucune source propre à ces territoires : Drôme, Auvergne-Rhône-Alpes.");
      expect(text).toContain("https://lannuaire.service-public.fr/recherche?whoWhat=pr%C3%A9fecture&amp;where=Dr%C3%B4me");
      expect(text.indexOf("ne contient pas")).toBeGreaterThan(text.indexOf("<article"));
      const asked = (await api.get("/recherche/?commune=Crest&projet=DETR+toiture")).text;
      expect(asked.indexOf("ne contient pas")).toBeLessThan(asked.indexOf("<article"));
      const drome = { scale: "department" as const, code: "26" };
      const known = await testApi(catalogue, { connectors: [connectorOf("agence", { name: "Agence", territory: drome })] });
      const covered = words((await known.get("/recherche/?commune=Crest&projet=toiture")).text);
      expect(covered).toContain("1 source lue pour Crest Agence, lue le 25 novembre 2026");
      expect(covered).toContain("ce territoire : Auvergne-Rhône-Alpes.");
    });

    const titlesFor = async (project: string) =>
      titlesOf((await api.get(`/recherche/?${new URLSearchParams({ commune: "Crest", projet: project })}`)).text);

    it("reads a misspelt word as the nearest one of the lists, and says so", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=pistes+ciclables");
      expect(titlesOf(text)).toEqual(["Plan vélo"]);
      expect(words(text)).toContain("Aucune aide ne contient « ciclables » : nous avons cherché « cyclable ».");
      const { text: right } = await api.get("/recherche/?commune=Crest&projet=pistes+cyclables");
      expect(words(right)).not.toContain("nous avons cherché");
    });

    it("finds words that belong together only near each other", async () => {
      expect(await titlesFor("la place du marché")).toEqual(["Embellir le bourg"]);
    });

    it("folds aids that mention the project once, and leaves out those that miss its subject", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=menuiserie");
      expect(words(text)).toContain("0 aide ouverte pour Crest");
      expect(words(text)).not.toContain("aucune ne s’en approche");
      expect(text).toMatch(/<details><summary>1 aide qui n’en parle qu’en passant<\/summary><article/);
      // "toit" is a subject, which the garages do not have.
      expect(await titlesFor("toit des garages")).toEqual(["Toiture des bâtiments scolaires"]);
    });

    it("looks for the project without the names of the grants that it asks for", async () => {
      const { text } = await api.get("/recherche/?commune=Crest&projet=DETR+toiture");
      expect(words(text)).toContain("1 aide ouverte pour Crest");
    });

    it("asks for the project if the words say none", async () => {
      const shown = words((await api.get("/recherche/?commune=Crest&projet=une+subvention+pour+mon+village")).text);
      expect(shown).toContain("Votre demande ne dit pas encore quel projet");
    });

    it("shows a selection to print and to send, without aids that nobody may read", async () => {
      const { results } = (await api.get("/api/aids/?include_expired=true")).json;
      const numbers = results.map(({ id }: { id: number }) => id);
      const all = await api.get(`/recherche/selection/?${[...numbers, 999999, "x"].map((number) => `aide=${number}`).join("&")}`);
      expect(titlesOf(all.text)).toHaveLength(numbers.length);
      const body = mailBody(all.text);
      expect(body).toContain("Toiture des bâtiments scolaires\njusqu’au 1er mars 2027");
      expect(body.split("\n\n")).toHaveLength(numbers.length);
      expect(words((await api.get("/recherche/selection/")).text)).toContain("Aucune aide n’est choisie.");
    });

    it("shows hostile texts as they are written", async () => {
      const { text, headers } = await api.get(
        `/recherche/?commune=${encodeURIComponent('"><script>x</script>')}&projet=${encodeURIComponent("<b>")}`,
      );
      expect(text).not.toMatch(/<script|<b>/);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(api.errors).toEqual([]);
    });
  });
});
