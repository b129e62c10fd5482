import { parseDocument } from "htmlparser2";
import { describe, expect, it } from "vitest";
import { renderDigest } from "../../src/french/digest/digest.ts";
import { digestWithMessages } from "../../src/french/digest/json.ts";
import type { Digest } from "../../src/model/run/digest.ts";
import { calmDigest, fullDigest, madeBadRun } from "../jobs/digest/made-digest.ts";

const hostile = "<script>alert(1)</script>\u202e\n\n# @all <!channel> [x](https://evil.example) *&\"'";

function plain(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}

function withUnreachable(count: number): Digest {
  const unreachable = Array.from({ length: count }, (_, index) =>
    madeBadRun({ connector: `region-${index}`, publisher: `Région ${index}` }),
  );
  return { ...calmDigest, ops: { ...calmDigest.ops, unreachable } };
}

describe("the morning page", () => {
  it("says to each role that there is nothing to report", () => {
    const { subject, text, html, markdown } = renderDigest(calmDigest);
    expect(plain(subject)).toBe("Moisson, mercredi 25 novembre 2026 : rien à signaler");
    for (const page of [text, html, markdown]) expect(page.match(/Rien à signaler\./g)).toHaveLength(2);
    const night = "11 collectes : 7 appliquées, 4 sans changement. Au catalogue : 0 aide créée, 1 modifiée, 0 retirée.";
    for (const page of [text.replaceAll("\n", " "), html, markdown]) expect(plain(page)).toContain(night);
  });

  it("begins with the number of expected runs, and the names of the missing ones", () => {
    const missing = ["2026-11-22T02:10:00.000Z", "2026-11-23T02:10:00.000Z"].map((dueAt) => ({
      connector: "region-a",
      publisher: "Région A",
      dueAt,
    }));
    const { subject, text, html, markdown } = renderDigest({ ...calmDigest, expected: { expected: 24, missing } });
    const line = "24 collectes attendues, 2 manquent : Région A (region-a).";
    expect(plain(text).split("\n")[1]).toBe(line);
    for (const page of [html, markdown]) expect(plain(page)).toContain(line);
    expect(plain(subject)).toContain(": 2 collectes manquantes");
    const calm = renderDigest({ ...calmDigest, expected: { expected: 24, missing: [] } });
    expect(plain(calm.text).split("\n")[1]).toBe("24 collectes attendues, aucune ne manque.");
    expect(plain(calm.subject)).toContain("rien à signaler");
  });

  it("shows the number of points for each role in the subject", () => {
    expect(plain(renderDigest(fullDigest).subject)).toBe(
      "Moisson, lundi 23 novembre 2026 : 24 points pour l’exploitation, 8 pour les partenariats",
    );
    expect(plain(renderDigest(withUnreachable(1)).subject)).toMatch(/ : 1 point pour l’exploitation$/);
  });

  it("explains each point and the next step", () => {
    const text = plain(renderDigest(fullDigest).text);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{/);
    // After each name there are sentences, then at least one step.
    const lines = text.split("\n\n").filter((block) => block.startsWith("  "));
    expect(lines).toHaveLength(32);
    for (const block of lines) expect(block).toMatch(/^ {2}\S.*\n( {4}[\p{Lu}\d«].*\n( {6}.+\n)*)+( {4}→ .+\n?( {6}.+\n?)*)+$/u);
  });

  it("names the plans to apply on request: who asked, when and why", () => {
    const text = plain(renderDigest(fullDigest).text).replace(/\s+/g, " ");
    expect(text).toContain("Application demandée par Marie, le dimanche 22 novembre à 16 h 20 : les 318 fiches sont closes.");
    expect(text).toContain('moisson plan apply 22222222 --note "…"');
  });

  it("names applied feeds with warnings or repairs, then those that only rejected records", () => {
    const text = plain(renderDigest(fullDigest).text).replace(/\s+/g, " ");
    expect(text).toMatch(/Collectes à regarder \(1\) Département de la Drôme \(departement-drome\) .* 3 enregistrements rejetés sur 212\./);
    expect(text).toContain("Les textes ont été encodés deux fois en UTF-8 ; ils ont été réparés (200 enregistrements).");
    expect(text).toContain("ADEME (ademe-agir) : 1 enregistrement rejeté sur 40");
  });

  it("says how many new aids were linked, and whose aids have sources that contradict each other", () => {
    const night = { ...fullDigest.night, created: 190, linked: 166 };
    const text = plain(renderDigest({ ...fullDigest, night }).text).replace(/\s+/g, " ");
    expect(text).toContain("190 aides créées (dont 166 rattachées à une aide d’un autre connecteur)");
    expect(text).toMatch(/Aides dont les sources se contredisent \(1\) Département de la Drôme \(departement-drome\) 2 aides :/);
  });

  it("lists due actions about publishers: ten at most, by person, with links to their pages", () => {
    const [one] = fullDigest.bizdev.actionsDue ?? [];
    if (one === undefined) throw new Error("the made digest has no action");
    const nobodys = { ...one, publisher: "ADEME", personInCharge: null, isOverdue: false };
    const many = [nobodys, ...Array.from({ length: 11 }, () => one)];
    const text = plain(renderDigest({ ...calmDigest, bizdev: { ...calmDigest.bizdev, actionsDue: many } }).text);
    const [first] = text.split("\n\n").filter((block) => block.startsWith("  "));
    expect(first).toBe(`  Région Bretagne, suivi par Marie
    En retard depuis le 20 novembre 2026 : Envoyer la convention.
    → Ouvrir sa page :
      https://moisson.example/producteurs/44444444-0000-4000-8000-000000000000`);
    expect(text.match(/suivi par Marie/g)).toHaveLength(9);
    expect(text).toContain("ADEME, que personne ne suit\n    Aujourd’hui : Envoyer la convention.");
    expect(text.replace(/\s+/g, " ")).toContain("… et 2 autres. Les voir toutes : https://moisson.example/producteurs?action=due");
  });

  it("starts with connectors that no longer run: file, fault, and aids without supervision", () => {
    const [first, second] = plain(renderDigest(fullDigest).text.replace(/\n {6}/g, " "))
      .split("\n\n")
      .filter((block) => block.startsWith("  "));
    expect(first).toBe(
      `  connectors/departement-drome.ts
    Ce connecteur n’est plus collecté. Dernière collecte appliquée le 21 novembre 2026 ; 212 aides en ligne ou à relire, que rien ne met plus à jour.
    Clé fields.startDate.kind : « must be date | day » ; sans doute date.
    « exports no "connector" ».
    → Corriger le fichier, puis vérifier : moisson connectors check`,
    );
    expect(second).toContain("Fichier commun à tous les connecteurs");
    expect(second).toContain('Ligne 14 : « "comune" is not a term of targetedAudiences » ; sans doute commune.');
  });

  it("puts connectors without address in one block with one step, as one point at the end", () => {
    const withoutAddress = Array.from({ length: 33 }, (_, index) => ({
      connector: `region-${index}`,
      publisher: `Région ${index}`,
      variable: `MOISSON_URL_REGION_${index}`,
    }));
    const { subject, text, html } = renderDigest({ ...calmDigest, ops: { ...calmDigest.ops, withoutAddress } });
    expect(plain(subject)).toMatch(/ : 1 point pour l’exploitation$/);
    expect(plain(text)).toContain("Sans adresse (33)\n");
    expect(plain(text)).toContain("\n    Région 29 (region-29) : MOISSON_URL_REGION_29\n    … et 3 autres.\n    → ");
    for (const page of [text, html]) expect(page.match(/→/g)).toHaveLength(1);
    const full = plain(renderDigest(fullDigest).text);
    expect(full.indexOf("Sans adresse (2)")).toBeGreaterThan(full.indexOf("Liens morts"));
  });

  it("breaks lines of text at 80 characters, but no command or address", () => {
    const lines = renderDigest(fullDigest).text.split("\n");
    expect(lines.filter((line) => line.length > 80 && line.trim().includes(" "))).toEqual([]);
    expect(lines).toContain("      moisson runs --connector departement-drome");
    const address = `https://manche.example/${"a".repeat(100)}-b`;
    const long = madeBadRun({ error: { code: "timed-out", params: { url: address } } });
    expect(renderDigest({ ...calmDigest, ops: { ...calmDigest.ops, unreachable: [long] } }).text).toContain(`\n      (${address}).\n`);
  });

  it("says when a run is retried, and not to start it by hand", () => {
    const text = plain(
      renderDigest({ ...calmDigest, ops: { ...calmDigest.ops, unreachable: [madeBadRun({ nextTryAt: "2026-11-25T05:45:00.000Z" })] } })
        .text,
    );
    expect(text).toContain("→ Nouvel essai automatique à 6 h 45");
    expect(text).not.toContain("moisson run departement-manche");
  });

  it("names the first thirty and counts the rest; in the chat, the first five", () => {
    const { text, html, markdown } = renderDigest(withUnreachable(200));
    expect(text).toContain("Serveurs injoignables (200)");
    expect(plain(text)).toContain("… et 170 autres. Les voir toutes : moisson runs --limit 500");
    expect(html).toContain("… et 170\u00a0autres".replace("\u00a0", " "));
    expect([text.includes("Région 29"), text.includes("Région 30")]).toEqual([true, false]);
    expect(markdown.match(/Région \d+/g)).toHaveLength(5);
  });

  it("escapes feed texts: no markup, no extra line, no mention of everybody", () => {
    const of = { connector: "region-exemple", publisher: hostile };
    const digest: Digest = {
      ...calmDigest,
      ops: {
        ...calmDigest.ops,
        unreadable: [madeBadRun({ ...of, outcome: "unreadable", error: { code: "html-page", params: { title: hostile } } })],
      },
    };
    const { text, html, markdown } = renderDigest(digest);
    expect(tagsOf(html)).toEqual(tagsOf(html).filter((tag) => allowed.has(tag)));
    expect(html).not.toMatch(/<script|<a |<img|javascript:|\son\w+=/i);
    expect(text).not.toContain("\u202e");
    expect(text.split("\n").filter((line) => line.startsWith("#"))).toEqual([]);
    expect(markdown).not.toMatch(/@all|<!channel>|(?<!\\)\[x/);
  });

  it("is well-formed HTML with inline styles and nothing to load", () => {
    const { html } = renderDigest(fullDigest);
    for (const tag of ["span", "b", "code", "p", "h1", "h2", "h3", "div"]) {
      expect(html.match(new RegExp(`<${tag}[ >]`, "g"))?.length ?? 0, tag).toBe(html.match(new RegExp(`</${tag}>`, "g"))?.length ?? 0);
    }
    expect(html).not.toMatch(/\s(src|href)=|url\(|<style|<link/);
  });

  it("returns the same as a value, with a message for every code", () => {
    const value = JSON.parse(JSON.stringify(digestWithMessages(fullDigest)));
    expect(value).toMatchObject(JSON.parse(JSON.stringify(fullDigest)));
    expect(value.ops.held[0].guards[0].message).toMatch(/^318 aides sur/);
    for (const found of codesIn(value)) expect(found).toHaveProperty("message", expect.stringMatching(/./));
  });
});

const allowed = new Set(["html", "head", "meta", "title", "body", "div", "h1", "h2", "h3", "p", "span", "b", "br", "code"]);

function tagsOf(html: string): string[] {
  const tags: string[] = [];
  const walk = (nodes: readonly unknown[]) => {
    for (const node of nodes as { name?: string; children?: unknown[] }[]) {
      if (node.name !== undefined && !node.name.startsWith("!")) tags.push(node.name);
      walk(node.children ?? []);
    }
  };
  walk(parseDocument(html).children);
  return tags;
}

/** Returns every value with a code, except reasons to call that are made of others with codes. */
function codesIn(value: unknown): object[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "code" in value && !("guards" in value) && !("silences" in value) && !("rejected" in value) ? [value] : [];
  return [...own, ...Object.values(value).flatMap(codesIn)];
}
