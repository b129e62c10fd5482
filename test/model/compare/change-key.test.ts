import { describe, expect, it } from "vitest";
import type { AidField } from "../../../src/model/aid/aid.ts";
import { changeKey } from "../../../src/model/compare/change-key.ts";
import { changeShape } from "../../../src/model/compare/change-shape.ts";

/** Returns true if the changes have the same key. */
function same(field: AidField, [a, b]: readonly [unknown, unknown], [c, d]: readonly [unknown, unknown]): boolean {
  return changeKey(field, a, b) === changeKey(field, c, d);
}

const school = "<p>Une aide pour rénover les écoles du village et leurs abords.</p>";
const roads = "<p>Un soutien aux communes qui refont leurs voiries communales.</p><p>Voir le règlement.</p>";
const added = "<p>Les dossiers se déposent en ligne.</p>";

describe("the key of a change", () => {
  it("is the same for a paragraph that is added or removed at any place of different texts", () => {
    const [first, ...rest] = roads.split("</p>");
    const places = [`${roads}${added}`, `${added}${roads}`, `${first}</p>${added}${rest.join("</p>")}`];
    for (const text of places) expect(same("description", [school, `${school}${added}`], [roads, text]), text).toBe(true);
    for (const text of places) expect(same("description", [`${school}${added}`, school], [text, roads]), text).toBe(true);
    expect(same("description", [school, `${school}${added}`], [`${roads}${added}`, roads])).toBe(false);
    expect(same("description", [school, `${school}${added}`], [roads, `${roads}<p>Les dossiers se déposent à la mairie.</p>`])).toBe(false);
    expect(same("description", [school, `${school}${added}`], [null, added])).toBe(false);
  });

  it("is the same for a sentence that begins like its neighbour", () => {
    const first = "<p>La commune dépose un dossier complet avant mars.</p>";
    const other = "<p>Un comité lit les dossiers des communes rurales.</p>";
    const sentence = "La région répond en avril.";
    const changes = [
      [first, first.replace("<p>", `<p>${sentence} `)],
      [first, first.replace("</p>", ` ${sentence}</p>`)],
      [other, other.replace("</p>", ` ${sentence}</p>`)],
    ] as const;
    for (const change of changes) expect(same("description", changes[0], change), change[1]).toBe(true);
  });

  it("separates the same words in different surroundings, if they are few", () => {
    const rate = (what: string, percent: number) => `<p>La région finance ${what} à hauteur de ${percent} % des dépenses, hors taxes.</p>`;
    expect(same("description", [rate("les gares", 10), rate("les gares", 20)], [rate("les ponts", 10), rate("les ponts", 20)])).toBe(true);
    const other = (percent: number) => `<p>La commune garde une part de ${percent} % au moins, quel que soit le projet soutenu.</p>`;
    expect(same("description", [rate("les gares", 10), rate("les gares", 20)], [other(10), other(20)])).toBe(false);
    const amount = (unit: string) => `<p>La région finance les gares à hauteur de 50 ${unit}, hors taxes, chaque année.</p>`;
    expect(changeShape("description", amount("%"), amount("€")).kind).toBe("passages");
  });

  it("does not hide another link behind the same words", () => {
    const linked = (host: string) => `<p>Voir <a href="https://${host}/aide">le règlement de cette aide</a> en ligne.</p>`;
    expect(changeShape("description", linked("a.example"), linked("b.example")).kind).toBe("passages");
    expect(changeShape("description", "<p>Voir le règlement.<br />Merci.</p>", "<p>Voir le règlement.</p><p>Merci.</p>").kind).toBe(
      "layout",
    );
  });

  it("groups dates by the new day, or by a shift of one day or of whole years", () => {
    expect(same("submissionDeadline", ["2026-12-01", "2027-03-15"], ["2026-11-15", "2027-03-15"])).toBe(true);
    expect(same("submissionDeadline", ["2026-12-01", "2027-03-15"], ["2027-06-01", "2027-03-15"])).toBe(false);
    expect(same("submissionDeadline", ["2026-12-01", "2026-11-30"], ["2026-06-15", "2026-06-14"])).toBe(true);
    expect(same("submissionDeadline", ["2026-12-01", "2027-12-01"], ["2026-06-15", "2027-06-15"])).toBe(true);
    expect(same("submissionDeadline", ["2026-12-01", "2027-12-01"], ["2026-06-15", "2028-06-15"])).toBe(false);
  });

  it("groups lists by what is added and removed, and links by their changed parts", () => {
    expect(same("targetedAudiences", [["commune"], ["commune", "epci"]], [["department"], ["department", "epci"]])).toBe(true);
    expect(same("targetedAudiences", [["commune"], ["commune", "epci"]], [["commune", "epci"], ["commune"]])).toBe(false);
    const page = (host: string, name: string) => `https://${host}/aides/${name}`;
    const moved = (name: string) => [page("region-exemple.example", name), page("www.region-exemple.test", name)] as const;
    expect(same("originUrl", moved("gymnases"), moved("forages"))).toBe(true);
    expect(same("originUrl", moved("gymnases"), [page("region-exemple.example", "forages"), page("autre-hôte.test", "forages")])).toBe(
      false,
    );
  });

  it("groups lost values whatever they were, and new values only if they are equal", () => {
    expect(same("contact", ["<p>Marie</p>", null], ["<p>Paul</p>", null])).toBe(true);
    expect(same("contact", [null, "<p>Paul</p>"], [null, "<p>Paul</p>"])).toBe(true);
    expect(same("contact", [null, "<p>Paul</p>"], [null, "<p>Marie</p>"])).toBe(false);
    expect(same("contact", ["<p>Marie</p>", null], [["x"], []])).toBe(true);
    expect(changeKey("contact", "a", null)).not.toBe(changeKey("description", "a", null));
  });

  it("treats long texts in bounded time", () => {
    const words = (seed: number, count: number) => Array.from({ length: count }, (_, n) => `mot${(n * seed) % 7919}`).join(" ");
    const begun = performance.now();
    for (const seed of [3, 5, 7]) {
      expect(changeShape("description", `<p>${words(seed, 20_000)}</p>`, `<p>${words(seed + 1, 20_000)}</p>`).kind).toBe("replaced");
      changeKey("description", `<p>${words(seed, 20_000)}</p>`, `<p>${words(seed, 19_000)} ${words(seed + 4, 1000)}</p>`);
    }
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
