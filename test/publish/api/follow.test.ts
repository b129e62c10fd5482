import { Parser } from "htmlparser2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestApi, testApi } from "../../support/api-client.ts";
import { newCatalogue, type TestCatalogue, testedDatabases } from "../../support/catalogues.ts";
import { importPublished } from "../../support/published-aids.ts";

/** Returns the texts of all elements of this name. */
function textsOf(xml: string, name: string): string[] {
  const texts: string[] = [];
  let open = false;
  const parser = new Parser(
    {
      onopentag: (tag) => {
        open = tag === name;
        if (open) texts.push("");
      },
      ontext: (text) => {
        if (open) texts.push(`${texts.pop()}${text}`);
      },
      onclosetag: () => {
        open = false;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return texts;
}

/** Returns the unfolded lines of a calendar. */
function unfolded(calendar: string): string[] {
  return calendar.replaceAll("\r\n ", "").split("\r\n");
}

const trap = `Vélo <b>&</b> "route"; l'été, ]]> \\n =1+1`;

describe.each(testedDatabases)("a search to follow, $title", (database) => {
  describe.skipIf(database.skipped)("", () => {
    let catalogue: TestCatalogue;
    let api: TestApi;
    beforeAll(async () => {
      catalogue = await newCatalogue(database);
      const older = new Date("2026-11-20T08:00:00Z");
      await importPublished(
        catalogue,
        "agence-une",
        { old: { name: "Vélo ancien", submissionDeadline: "2026-12-31", recurrence: "oneoff" } },
        older,
      );
      await importPublished(catalogue, "agence", {
        bike: {
          name: trap,
          submissionDeadline: "2027-02-28",
          recurrence: "oneoff",
          contact: "<p>Mme Claire Martin, 06 12 34 56 78, service.aides@exemple.fr</p>",
          description: `<p>${"Un long texte sur les pistes cyclables. ".repeat(60)}</p>`,
        },
        open: { name: "Vélo toute l'année" },
        closed: { name: "Vélo clos", submissionDeadline: "2026-01-31", recurrence: "oneoff" },
        agreed: { name: "Vélo sous convention", importShareLicence: "agreement" },
        other: { name: "=Piscine()", description: `<p>${"z".repeat(20_000)}</p>` },
      });
      api = await testApi(catalogue);
    });
    afterAll(() => catalogue.drop());

    it.each([
      ["atom", "application/atom+xml; charset=utf-8", "entry"],
      ["rss", "application/rss+xml; charset=utf-8", "item"],
    ])("is a feed (%s) of the last published aids, with whole titles and stable ids", async (ending, type, entry) => {
      const { status, headers, text } = await api.get(`/api/aids.${ending}?keyword=v%C3%A9lo`);
      expect([status, headers.get("content-type")]).toEqual([200, type]);
      expect(headers.get("etag")).toMatch(/^W\//);
      const titles = textsOf(text, "title");
      expect(titles[0]).toBe("Aides publiques : vélo");
      expect([...titles.slice(1)].sort()).toEqual(["Vélo ancien", "Vélo toute l'année", trap].sort());
      expect(titles.at(-1)).toBe("Vélo ancien");
      expect(text.match(new RegExp(`<${entry}>`, "g"))).toHaveLength(3);
      const ids = textsOf(text, ending === "atom" ? "id" : "guid").filter((id) => id.startsWith("urn:uuid:"));
      expect(new Set(ids).size).toBe(3);
      expect(text).toContain("Clôture : 28/02/2027");
      expect(text.length).toBeLessThan(12_000);
      for (const hidden of ["Claire", "06 12", "agreement", "Vélo clos"]) expect(text).not.toContain(hidden);
    });

    it("shows the beginning of a text without blanks", async () => {
      const { text } = await api.get("/api/aids.atom?keyword=piscine");
      expect(text).toContain("zzz");
      expect(text.length).toBeLessThan(4_000);
    });

    it("is a calendar of deadlines as whole days, nearest first, in lines of at most 75 bytes", async () => {
      const { status, headers, text } = await api.get("/api/aids.ics?keyword=v%C3%A9lo");
      expect([status, headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
      for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const lines = unfolded(text);
      expect(lines.filter((line) => line.startsWith("DTSTART"))).toEqual(["DTSTART;VALUE=DATE:20261231", "DTSTART;VALUE=DATE:20270228"]);
      expect(lines.filter((line) => line.startsWith("DTEND"))).toEqual(["DTEND;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20270301"]);
      expect(lines.find((line) => line.startsWith("SUMMARY") && line.includes("route"))).toBe(
        `SUMMARY:Clôture : Vélo <b>&</b> "route"\\; l'été\\, ]]> \\\\n =1+1`,
      );
      expect(lines.join()).toContain("service.aides@exemple.fr");
      expect(lines.join()).not.toContain("Claire");
      expect(lines.filter((line) => line.startsWith("BEGIN:VEVENT"))).toHaveLength(2);
      expect(lines.slice(-2)).toEqual(["END:VCALENDAR", ""]);
    });

    it("is a table, in which a title cannot become a formula", async () => {
      const { headers, text } = await api.get("/api/aids.csv?keyword=v%C3%A9lo");
      expect(headers.get("content-disposition")).toBe('attachment; filename="aides.csv"');
      expect(text.startsWith("Identifiant;Titre;")).toBe(true);
      expect(text).toContain(`"${trap.replaceAll('"', '""')}"`);
      expect(text).not.toContain("Claire");
      expect((await api.get("/api/aids.csv?keyword=piscine")).text).toContain(";'=Piscine();");
      expect((await api.get("/api/aids.csv?keyword=introuvable")).text.trim().split("\r\n")).toHaveLength(1);
    });

    it("is lines of JSON, equal to the records of the list without the notice for old clients", async () => {
      const { results } = (await api.get("/api/aids/?keyword=v%C3%A9lo")).json;
      const { text } = await api.get("/api/aids.jsonl?keyword=v%C3%A9lo");
      expect(
        text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
      ).toEqual(
        results.map((aid: { description: string }) => ({
          ...aid,
          description: aid.description.replace(/^<p><strong>Sans date limite.*?<\/p>/, ""),
        })),
      );
    });

    it("contains every match if there are more than a page of them", async () => {
      const many = Object.fromEntries(
        Array.from({ length: 230 }, (_, index) => [`n${index}`, { name: `Aide en nombre ${index}`, categories: ["arts" as const] }]),
      );
      await importPublished(catalogue, "nombreux", many);
      const { text } = await api.get("/api/aids.jsonl?category_slugs=arts");
      const names = text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).name as string);
      expect(new Set(names).size).toBe(230);
      expect((await api.get("/api/aids.atom?category_slugs=arts")).text.match(/<entry>/g)).toHaveLength(50);
    });

    it.each(["page=2", "itemsPerPage=5", "changed_since=2026-11-01", "orderBy=relevance", "category_slugs=nonsense"])(
      "refuses ?%s, which it could only ignore",
      async (query) => {
        const { status, json } = await api.get(`/api/aids.jsonl?${query}`);
        expect([status, json.errors[0].name]).toEqual([400, query.split("=")[0]]);
      },
    );
  });
});
