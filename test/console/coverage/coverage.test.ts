import ExcelJS from "exceljs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refOf } from "../../../src/kit/rules/perimeters.ts";
import type { Perimeter } from "../../../src/model/territories/perimeter.ts";
import { findPerimeter } from "../../../src/model/territories/perimeters.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { testConsole } from "../../support/console-client.ts";
import { newHarvest } from "../../support/harvest.ts";
import { testNow } from "../../support/made-aids.ts";
import { importPublished } from "../../support/published-aids.ts";
import { bretagne, seededFrom, words } from "../publishers/publisher-fixtures.ts";

const marie = { by: "Marie", now: testNow };

function places(...keys: readonly string[]): Perimeter[] {
  return keys.map((key) => {
    const found = findPerimeter(refOf(key) ?? { scale: "country", code: "" })?.perimeter;
    if (found === undefined) throw new Error(`no territory ${key}`);
    return found;
  });
}

/** Returns the lines of a CSV by their first and third column (the code). */
function linesOf(csv: string): Map<string, string[]> {
  const [, ...lines] = csv.trim().split("\r\n");
  return new Map(lines.map((line) => line.split(";")).map((cells) => [`${cells[1]} ${cells[2]}`, cells]));
}

describe.each(testedDatabases)("coverage, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    beforeEach(async () => {
      catalogue = await newCatalogue(database);
    });
    afterEach(() => catalogue.drop());

    /** A console whose catalogue has aids of a region at every scale. */
    async function consoleOnAids() {
      const harvest = await newHarvest(catalogue, { publisher: bretagne });
      const categories = ["eau-potable" as const];
      await importPublished(catalogue, harvest.connector, {
        france: { categories, perimeters: places("country:FRA") },
        region: { categories: ["arts", "livres", "eau-potable"], perimeters: places("region:53") },
        departments: { categories, perimeters: places("department:22", "department:29") },
        commune: { categories, perimeters: places("commune:29019") },
        both: { categories, perimeters: places("region:53", "department:29") },
        without: { categories, perimeters: places("country:FRA"), perimeterExclusions: places("region:53") },
        overseas: { categories, perimeters: places("overseas:FRA-OM") },
        metropole: { categories, perimeters: places("epci:243500139") },
        polynesia: { categories, perimeters: places("collectivity:987") },
      });
      while ((await catalogue.search.catchUp()) > 0);
      return testConsole(catalogue, { folders: [harvest.folder] });
    }

    it("counts aids by territory, scale and theme, and shows the state of each authority", async () => {
      const reader = await (await consoleOnAids()).as("read");
      await reader.get("/couverture");
      await catalogue.publishers.moveTo((await seededFrom(catalogue, "department:29")).publisherId, "contacted", marie);
      await catalogue.publishers.moveTo((await seededFrom(catalogue, "department:35")).publisherId, "refused", marie);
      const lines = linesOf((await reader.get("/couverture.csv")).html);
      // Stage, publishers online, in talks, stopped, absent; aids of France, the region, departments, communes; by theme those of the
      // region.
      const head = (key: string) => lines.get(key)?.slice(5, 15).join(" ");
      expect(head("région 53")).toBe("en ligne en ligne 1 1 1 2 1 2 2 2");
      expect(head("département 29")).toBe("en discussion contacté 0 1 0 0 1 2 2 1");
      expect(head("département 22")).toBe("absent repéré 0 0 0 1 1 2 1 0");
      expect(head("département 35")).toBe("en veille ou refus refus 0 0 1 0 1 2 0 1");
      expect(head("département 26")).toBe("absent repéré 0 0 0 1 2 0 0 0");
      expect(head("collectivité 987")).toBe("absent repéré 0 0 0 1 3 1 0 0");
      // Culture first, water third.
      expect([15, 17].map((place) => lines.get("région 53")?.[place])).toEqual(["1", "5"]);
      expect([15, 17].map((place) => lines.get("département 29")?.[place])).toEqual(["1", "4"]);
    });

    it("counts the aids by basin, with a link to their list", async () => {
      await importPublished(catalogue, "of-nobody", {
        basin: { perimeters: places("basin:05") },
        region: { perimeters: places("region:53") },
      });
      while ((await catalogue.search.catchUp()) > 0);
      const reader = await testConsole(catalogue).as("read");
      const { html } = await reader.get("/couverture");
      expect(words(html)).toContain("1 aide vaut par bassin");
      expect(html).toContain("/aides?situation=live&amp;portee=bassin");
      expect(words((await reader.get("/aides?situation=live&portee=bassin")).html)).toContain("1 aide ");
    });

    it("counts the same aids as lists and the API if aids exclude the mainland, overseas or a part of them", async () => {
      await importPublished(catalogue, "of-nobody", {
        france: { perimeters: places("country:FRA") },
        notOverseas: { perimeters: places("country:FRA"), perimeterExclusions: places("overseas:FRA-OM") },
        notMainland: { perimeters: places("continent:EU"), perimeterExclusions: places("mainland:FRA-MET") },
        notThere: { perimeters: places("overseas:FRA-OM"), perimeterExclusions: places("region:01") },
        saidTwice: { perimeters: places("mainland:FRA-MET"), perimeterExclusions: places("region:01", "overseas:FRA-OM") },
        notHere: { perimeters: places("country:FRA"), perimeterExclusions: places("region:84") },
        butThis: { perimeters: places("region:84"), perimeterExclusions: places("department:26") },
      });
      while ((await catalogue.search.catchUp()) > 0);
      const reader = await testConsole(catalogue).as("read");
      const whole = words((await reader.get("/couverture")).html);
      expect(whole).toContain("Toute la métropole 4 ");
      expect(whole).toContain("Tout l’outre-mer 4 ");
      const lines = linesOf((await reader.get("/couverture.csv")).html);
      const shown = [];
      for (const [line, key] of [
        ["région 01", "region:01"],
        ["collectivité 987", "collectivity:987"],
        ["région 53", "region:53"],
        ["région 84", "region:84"],
        ["département 26", "department:26"],
        ["département 01", "department:01"],
      ] as const) {
        const counted = (lines.get(line)?.slice(11, 15) ?? []).reduce((sum, count) => sum + Number(count), 0);
        shown.push([line, counted, await catalogue.published.count({ licences: null, territories: places(key) })]);
      }
      expect(shown).toEqual([
        ["région 01", 3, 3],
        ["collectivité 987", 4, 4],
        ["région 53", 4, 4],
        ["région 84", 4, 4],
        ["département 26", 3, 3],
        ["département 01", 4, 4],
      ]);
    });

    it("shades territories by open aids, whoever published them, and leads to exactly these aids", async () => {
      await importPublished(catalogue, "of-nobody", {
        open1: { perimeters: places("region:53"), targetedAudiences: ["commune"] },
        open2: { perimeters: places("department:29"), submissionDeadline: "2099-01-01", targetedAudiences: ["association"] },
        open3: { perimeters: places("commune:29019"), targetedAudiences: ["commune", "association"] },
        closed: { perimeters: places("region:53"), submissionDeadline: "2026-01-01", targetedAudiences: ["commune"] },
        elsewhere: { perimeters: places("region:11"), targetedAudiences: ["commune"] },
      });
      while ((await catalogue.search.catchUp()) > 0);
      const reader = await testConsole(catalogue).as("read");
      const placesOf = (html: string) =>
        new Map(
          [
            ...html.matchAll(
              /<a href="([^"]*territoire=(\w+)%3A(\w+)[^"]*)" aria-label="([^"]*)" class="moisson-map__place is-shade-(\d)"/g,
            ),
          ].map(([, address = "", scale, code, label, shade]) => [
            `${scale}:${code}`,
            { address: address.replaceAll("&amp;", "&"), label, shade },
          ]),
        );
      const { html } = await reader.get("/couverture");
      expect(words(html)).toContain("Aides en ligne 5 Dont ouvertes 4 ");
      expect(words(html)).toContain("Régions : 2 territoires sur 18 ont des aides ouvertes qui leur sont propres");
      const brittany = placesOf(html).get("region:53");
      expect(brittany?.label).toMatch(/^Bretagne.: 3.aides ouvertes propres au territoire$/);
      expect([brittany?.shade, placesOf(html).get("region:11")?.shade, placesOf(html).get("region:84")?.shade]).toEqual(["4", "3", "0"]);
      expect(words((await reader.get(brittany?.address ?? "")).html)).toMatch(/\b3 aides\b/);
      const forCommunes = (await reader.get("/couverture?public=commune&carte=departements")).html;
      expect(words(forCommunes)).toContain("Aides en ligne 5 Dont ouvertes à ce public 3 ");
      const finistere = placesOf(forCommunes).get("department:29");
      expect(finistere?.label).toMatch(/: 2.aides ouvertes propres au territoire$/);
      expect(
        linesOf((await reader.get("/couverture.csv?public=commune")).html)
          .get("région 53")
          ?.slice(11, 15),
      ).toEqual(["0", "1", "0", "1"]);
    });

    it("keeps its filter in the URL, for the page and both files", async () => {
      const reader = await (await consoleOnAids()).as("read");
      const query = "region=region%3A53&theme=culture-patrimoine-sports-tourisme&carte=departements&situation=nonsense";
      const page = await reader.get(`/couverture?${query}`);
      expect(page.status).toBe(200);
      expect(page.html).toContain(
        '/couverture.csv?region=region%3A53&amp;theme=culture-patrimoine-sports-tourisme&amp;carte=departements"',
      );
      const lines = linesOf((await reader.get(`/couverture.csv?${query}`)).html);
      expect([...lines.keys()]).toEqual(["région 53", "département 22", "département 29", "département 35", "département 56"]);
      expect(lines.get("région 53")?.slice(11, 15)).toEqual(["0", "1", "0", "0"]);
      const book = new ExcelJS.Workbook();
      await book.xlsx.load((await reader.get(`/couverture.xlsx?${query}`)).bytes.buffer as ArrayBuffer);
      expect(book.worksheets[0]?.rowCount).toBe(6);
    });

    it("draws every territory as a link with its name and state, if the map shows publishers", async () => {
      const reader = await (await consoleOnAids()).as("read");
      const regions = (await reader.get("/couverture?montrer=producteurs")).html;
      const shown = (html: string) => [...html.matchAll(/<a href="\/producteurs\?territoire=([^"]*)" aria-label="([^"]*)"/g)];
      expect(shown(regions)).toHaveLength(18 + 8);
      expect(shown(regions).find(([, key]) => key === "region%3A53")?.[2]).toMatch(/^Bretagne.: en ligne, 5 aides propres au territoire$/);
      // Martinique, Guyane and Mayotte are one collectivity each.
      const departments = shown((await reader.get("/couverture?montrer=producteurs&carte=departements")).html);
      expect(departments).toHaveLength(101 + 8);
      expect(new Set(departments.map(([, key]) => key)).size).toBe(101 + 8);
      const table = /<h2 id="territoires">[\s\S]*?<\/table>/.exec(regions)?.[0] ?? "";
      for (const [, key] of departments) expect(table).toContain(`<a href="/producteurs?territoire=${key}">`);
    });

    it("shows regions and collapses the rest without a filter, with everything in the page", async () => {
      const reader = await (await consoleOnAids()).as("read");
      const onPaper = (html: string) => html.match(/<tr class="moisson-on-paper">/g)?.length ?? 0;
      const folded = (html: string) => [...html.matchAll(/<details class="moisson-folded[^>]*>/g)].map(([tag]) => !/ open/.test(tag));
      const { html } = await reader.get("/couverture");
      expect(onPaper(html)).toBe(98);
      expect(folded(html)).toEqual([true, true, true]);
      expect(html).toContain('href="/couverture?carte=departements#territoires"');
      expect(words(html)).toMatch(/Ministères, agences et autres : \d+ producteurs \d+ absents\./);
      for (const query of ["carte=departements", "region=region%3A53", "situation=absent"])
        expect(onPaper((await reader.get(`/couverture?${query}`)).html), query).toBe(0);
      expect(folded((await reader.get("/couverture?situation=absent")).html)).toEqual([true, false, true]);
    });

    it("shows each change of the month (Paris time) once, and names no people", async () => {
      const console = await consoleOnAids();
      const reader = await console.as("read");
      await reader.get("/couverture");
      const region = await seededFrom(catalogue, "region:52");
      const before = { by: "Jean Témoin", now: new Date("2026-10-31T22:59:00Z") };
      const since = { by: "Jean Témoin", now: new Date("2026-10-31T23:00:00Z") };
      await catalogue.publishers.moveTo(region.publisherId, "contacted", before);
      await catalogue.publishers.moveTo(region.publisherId, "talking", since);
      const { html } = await reader.get("/couverture");
      const month = words(/<h2 id="mois">[\s\S]*?<\/section>/.exec(html)?.[0] ?? "");
      expect(month).toContain("Ce qui a changé en novembre 2026");
      expect(month).toContain("Aides : 9 entrées, 0 sortie ; 9 aides en ligne");
      expect(month).toContain("Région Pays de la Loire , le 1er novembre 2026 : De « contacté » à « en discussion ».");
      expect(month).not.toContain("De « repéré » à « contacté »");
      expect(month.match(/Région Bretagne/g)).toHaveLength(1);
      expect(html).not.toContain("Jean Témoin");
    });

    it("ranks the publishers to call, with aids through others and searches without a result", async () => {
      const financers = [{ name: "Conseil départemental de la Drôme", siren: null }];
      await importPublished(catalogue, "of-nobody", {
        ofDrome: { perimeters: places("department:26"), financers },
        closed: { perimeters: places("department:26"), financers, submissionDeadline: "2026-01-01" },
      });
      while ((await catalogue.search.catchUp()) > 0);
      await catalogue.searchMisses.add([
        { month: "2026-11-01", keyword: "piscine", territory: "commune:26362", category: "", count: 5_000 },
        { month: "2025-11-01", keyword: "piscine", territory: "department:48", category: "", count: 900_000 },
      ]);
      const reader = await testConsole(catalogue).as("read");
      const { html } = await reader.get("/couverture/a-appeler");
      // Valence is in the department, and in its region.
      expect(words(html)).toMatch(/ 1 Région Auvergne-Rhône-Alpes repéré .* 2 Département de la Drôme repéré /);
      expect(words(html)).toContain(
        "Environ 100 aides attendues pour un producteur de cette nature. 1 aide ouverte est déjà en ligne par d’autres producteurs. 5 000 recherches sans résultat sur son territoire en 12 mois.",
      );
      expect(html.match(/<th [^>]*scope="row">/g)).toHaveLength(10);
      const [, ...lines] = (await reader.get("/couverture/a-appeler.csv")).html.trim().split("\r\n");
      expect(lines).toHaveLength(10);
      expect(lines[1]).toMatch(/^Département de la Drôme;département;.*;repéré;100;1;5000;5\d{5};/);
    });

    it("shows searches without results, three times or more in a year, counts the rest, and links to publishers", async () => {
      const reader = await testConsole(catalogue).as("read");
      const miss = { keyword: "", territory: "", category: "" };
      await catalogue.searchMisses.add([
        { ...miss, month: "2025-12-01", keyword: "piscine", territory: "department:26", count: 2 },
        { ...miss, month: "2026-11-01", keyword: "piscine", territory: "department:26", count: 1 },
        { ...miss, month: "2025-11-01", keyword: "moulin", count: 9 },
        { ...miss, month: "2026-11-01", keyword: "rare", count: 2 },
        { ...miss, month: "2026-11-01", category: "arts", count: 4 },
      ]);
      const { html } = await reader.get("/couverture");
      const section = /<h2 id="cherche">[\s\S]*?<\/section>/.exec(html)?.[0] ?? "";
      expect(words(section)).toContain(
        "sans mot tous Arts plastiques et photographie 4 piscine Drôme (département, 26) toutes 3 Voir les producteurs",
      );
      expect(section).toContain("/producteurs?territoire=department%3A26");
      expect(words(section)).toContain("1 autre recherche, plus rare, a été faite 2 fois en tout.");
      for (const hidden of ["moulin", "rare<"]) expect(section).not.toContain(hidden);
    });
  });
});
