import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AidContent } from "../../../src/model/aid/aid.ts";
import { type Likeness, likenessOf } from "../../../src/model/compare/likeness.ts";
import { doubtFrom, likenessRules, pairFrom } from "../../../src/model/compare/likeness-rules.ts";
import { matchLikenesses, type Recognised } from "../../../src/model/compare/match-likenesses.ts";

type Part = Partial<AidContent>;

const text = Array.from({ length: 60 }, (_, place) => `mot${place} de la phrase ${place % 7}`).join(" ");
const rewrittenText = `${text.slice(0, -40)} et un mot de plus à la fin`;
const otherText = Array.from({ length: 60 }, (_, place) => `parole${place} d'un autre texte ${place % 5}`).join(" ");
const page = "https://region.exemple.fr/aides/gymnases";
const region = (code: string, name: string): Part => ({
  financers: [{ name: `Région ${name}`, siren: null }],
  perimeters: [{ scale: "region", code, name }],
});
const bretagne = region("53", "Bretagne");
const occitanie = region("76", "Occitanie");

/** Matches left and right aids, named l0, l1…, r0, r1…. */
function matched(left: readonly Part[], right: readonly Part[], others: readonly Part[] = []): Recognised {
  return matchLikenesses(named("l", left), named("r", right), { others: named("b", others) });
}

function named(side: string, contents: readonly Part[]): Likeness[] {
  return contents.map((content, place) => likenessOf(`${side}${place}`, content));
}

/** Returns the result for a single pair of aids. */
function verdict(left: Part, right: Part): { as: "pair" | "doubt" | "nothing"; certainty: number; reasons: readonly string[] } {
  const { pairs, doubts } = matched([left], [right]);
  const [found] = [...pairs, ...doubts];
  return { as: pairs.length > 0 ? "pair" : doubts.length > 0 ? "doubt" : "nothing", certainty: 0, reasons: [], ...found?.match };
}

const gymnases: Part = { name: "Rénovation des gymnases communaux" };
const financerGymnases: Part = { name: "Financer la rénovation des gymnases communaux" };
const sport: Part = { name: "Remettre à neuf les salles de sport" };
const bus: Part = { name: "Achat de bus électriques" };
const studies: Part = { name: "Protection des captages d'eau : études" };
const works: Part = { name: "Protection des captages d'eau : travaux" };
const trophies2025: Part = { name: "Trophées du numérique 2025" };
const trophies2026: Part = { name: "Trophées du numérique 2026" };
const call: Part = { name: "Appel à projets" };
const advenir: Part = { name: "Advenir" };

const onPage: Part = { originUrl: page };
const withText: Part = { description: text };
const withOtherText: Part = { description: otherText };
const corrected: Part = { description: rewrittenText };
const vague: Part = { description: "Voir le site." };
const home: Part = { originUrl: "https://region.exemple.fr/" };
const due = (submissionDeadline: string): Part => ({ submissionDeadline });
const in2025 = due("2025-03-31");
const in2026 = due("2026-03-31");
const financedBy = (name: string): Part => ({ financers: [{ name, siren: null }] });
const finistere: Part = { perimeters: [{ scale: "department", code: "29", name: "Finistère" }] };
const inBretagne: Part = { perimeters: bretagne.perimeters ?? [] };

type Golden = [what: string, left: readonly Part[], right: readonly Part[], as: "pair" | "doubt" | "nothing", certainty: number];

const golden: readonly Golden[] = [
  ["same page, same title", [gymnases, onPage], [gymnases, { originUrl: `${page}/?utm_source=x` }], "pair", 1],
  ["same page, words added to the title", [gymnases, onPage], [financerGymnases, onPage], "pair", 0.95],
  ["same page, other title", [gymnases, onPage], [bus, onPage], "doubt", 0.7],
  ["same page, other title, same text", [gymnases, onPage, withText], [bus, onPage, withText], "pair", 0.9],
  ["same page, other title, same day", [gymnases, onPage, in2025], [bus, onPage, in2025], "pair", 0.85],
  ["same page and day, other title and text", [gymnases, onPage, in2025, withText], [bus, onPage, in2025, withOtherText], "doubt", 0.7],
  ["same page, other title, other year", [gymnases, onPage, in2025], [bus, onPage, in2026], "doubt", 0.55],
  ["same page, same title, deadline put off", [gymnases, onPage, in2025], [gymnases, onPage, due("2025-05-15")], "pair", 0.9],
  ["same page, same title, next year's day", [gymnases, onPage, in2025], [gymnases, onPage, in2026], "doubt", 0.75],
  ["same page, title of next year", [trophies2025, onPage], [trophies2026, onPage], "doubt", 0.7],
  ["same page, title of a variant", [studies, onPage], [works, onPage], "doubt", 0.75],
  ["same page, title of any call", [call, onPage], [call, onPage], "pair", 0.9],
  ["same page, title of any call, other text", [call, onPage, withText], [call, onPage, withOtherText], "doubt", 0.75],
  ["page to apply on, page that describes", [gymnases, onPage], [gymnases, { applicationUrl: page }], "pair", 1],
  ["home page of a site", [gymnases, home], [bus, home], "nothing", 0],
  ["same title", [gymnases], [{ name: "RENOVATION des gymnases communaux !" }], "pair", 0.85],
  ["same title, same day", [gymnases, in2025], [gymnases, in2025], "pair", 0.95],
  ["same title, other pages", [gymnases, onPage], [gymnases, { originUrl: `${page}-2` }], "pair", 0.85],
  ["the publisher's title under a rewritten one", [gymnases], [sport, { nameInitial: gymnases.name ?? null }], "pair", 0.85],
  ["same title, other text", [gymnases, withText], [gymnases, withOtherText], "doubt", 0.65],
  ["same title, next year's day", [gymnases, in2025], [gymnases, in2026], "doubt", 0.55],
  ["same title, next year's day, same text", [gymnases, in2025, withText], [gymnases, in2026, withText], "doubt", 0.7],
  ["same title, other region", [gymnases, bretagne], [gymnases, occitanie], "nothing", 0],
  ["same title, same region", [gymnases, bretagne], [gymnases, bretagne], "pair", 0.89],
  [
    "same title, financer named otherwise",
    [gymnases, financedBy("Région Bretagne")],
    [gymnases, financedBy("Conseil régional de Bretagne")],
    "pair",
    0.87,
  ],
  ["same title, a region and a department", [gymnases, inBretagne], [gymnases, finistere], "pair", 0.85],
  ["same text, words added to the title", [gymnases, withText], [financerGymnases, withText], "pair", 0.95],
  ["same text, other title", [gymnases, withText], [sport, withText], "pair", 0.9],
  ["same text, other title, other region", [gymnases, withText, bretagne], [sport, withText, occitanie], "doubt", 0.7],
  ["same text, title of next year", [trophies2025, withText], [trophies2026, withText], "doubt", 0.7],
  ["text corrected, words added to the title", [gymnases, withText], [financerGymnases, corrected], "doubt", 0.7],
  ["text corrected, other title", [gymnases, withText], [sport, corrected], "nothing", 0],
  ["phrase that any aid may have", [gymnases, vague], [bus, vague], "nothing", 0],
  ["title of any call", [call], [call], "nothing", 0],
  ["title of any call, same region", [call, bretagne], [call, bretagne], "nothing", 0],
  ["title of any call, same day, same region", [call, in2025, bretagne], [call, in2025, bretagne], "pair", 0.99],
  ["title of any call, same day, two regions", [call, in2025, bretagne], [call, in2025, occitanie], "nothing", 0],
  ["name of a programme", [advenir], [advenir], "doubt", 0.55],
  ["name of a programme, text corrected", [advenir, withText], [advenir, corrected], "pair", 0.85],
  ["nothing known", [{}], [{}], "nothing", 0],
];

describe("one aid and another", () => {
  it.each(golden)("%s", (_, left, right, as, certainty) => {
    const [a, b]: Part[] = [Object.assign({}, ...left), Object.assign({}, ...right)];
    expect(verdict(a ?? {}, b ?? {})).toMatchObject({ as, certainty });
    expect(verdict(b ?? {}, a ?? {})).toMatchObject({ as, certainty });
  });

  it("lists their common features", () => {
    const aid: Part = { ...gymnases, ...bretagne, ...in2025, originUrl: page, description: text };
    expect(verdict(aid, aid).reasons).toEqual(["same-link", "same-title", "same-dates", "same-text", "same-territory", "same-financer"]);
    expect(verdict({ ...gymnases, originUrl: page }, { name: "Achat de bus", originUrl: page }).reasons).toEqual(["same-link"]);
  });
});

describe("aids among others", () => {
  const portal = "https://region.exemple.fr/aides";
  const titles = ["Achat de bus électriques", "Fouilles archéologiques", "Maisons de santé", "Vergers de plein vent", "Chaleur des forêts"];
  const onPortal = titles.map((name): Part => ({ name, originUrl: portal }));

  it("are not the same for the page of a portal", () => {
    const { pairs, doubts } = matched(onPortal.slice(0, 3), onPortal.slice(3));
    expect({ pairs, doubts }).toEqual({ pairs: [], doubts: [] });
  });

  it("do not match by a portal page that one removed and one new aid share with others", () => {
    expect(matched(onPortal.slice(0, 1), onPortal.slice(1, 2)).doubts).toHaveLength(1);
    expect(matched(onPortal.slice(0, 1), onPortal.slice(1, 2), onPortal.slice(2))).toEqual({ pairs: [], doubts: [] });
  });

  it("are found by their titles on the page of a portal", () => {
    const { pairs, doubts } = matched(onPortal, onPortal.toReversed());
    expect(pairs.map(({ left, right }) => [left, right])).toEqual([0, 1, 2, 3, 4].map((place) => [`l${place}`, `r${4 - place}`]));
    expect(doubts).toEqual([]);
  });

  it("with the same title are distinguished by link, text or day, else left to a curator", () => {
    const calls = [{ originUrl: page }, { description: text }, { ...in2025, ...bretagne }].map((own): Part => ({ ...gymnases, ...own }));
    expect(matched(calls, calls).pairs.map(({ left, right }) => left.slice(1) === right.slice(1))).toEqual([true, true, true]);
    const { pairs, doubts } = matched([gymnases], [gymnases, gymnases]);
    expect(pairs).toEqual([]);
    expect(doubts.map(({ left, right }) => [left, right])).toEqual([
      ["l0", "r0"],
      ["l0", "r1"],
    ]);
  });

  it("with two equally certain candidates are left to a curator, not matched to a less certain one", () => {
    const left: Part = { ...gymnases, originUrl: page, applicationUrl: `${page}/demande` };
    const { pairs, doubts } = matched(
      [left],
      [
        { ...gymnases, originUrl: page },
        { ...gymnases, originUrl: `${page}/demande` },
        { ...financerGymnases, description: text },
      ],
    );
    expect(pairs).toEqual([]);
    expect(doubts.map(({ right }) => right)).toEqual(["r0", "r1", "r2"]);
  });

  it("match the most certain candidate, even if another is certain enough", () => {
    const { pairs, doubts } = matched(
      [{ ...gymnases, originUrl: page }],
      [
        { ...gymnases, description: text },
        { ...financerGymnases, originUrl: page },
      ],
    );
    expect(pairs.map(({ right }) => right)).toEqual(["r1"]);
    expect(doubts).toEqual([]);
  });

  it("of each year on one page pair year by year", () => {
    const years = [2023, 2024, 2025].map(
      (year): Part => ({ name: "Trophées du numérique", originUrl: page, submissionDeadline: `${year}-09-30`, ...bretagne }),
    );
    const { pairs } = matched(years, years.toReversed());
    expect(pairs.map(({ left, right }) => [left, right])).toEqual([
      ["l0", "r2"],
      ["l1", "r1"],
      ["l2", "r0"],
    ]);
  });

  it("are recognised after a rename by links that identify the aids elsewhere", () => {
    const pages = Array.from(
      { length: 30 },
      (_, place): Part => ({ name: `Soutien à la filière du mot${place}`, originUrl: `${page}/${place}` }),
    );
    const renamed = pages.map((aid, place) => (place < 2 ? { ...aid, name: `Tout autre chose ${place}` } : aid));
    expect(matched(pages, renamed).pairs).toHaveLength(30);
    const mostlyRenamed = pages.map((aid, place) => (place < 10 ? { ...aid, name: `Tout autre chose ${place}` } : aid));
    expect(matched(pages, mostlyRenamed)).toMatchObject({ pairs: { length: 20 }, doubts: { length: 10 } });
  });

  it("are compared in seconds when there are thousands, most of them alike", () => {
    const many = Array.from(
      { length: 8000 },
      (_, place): Part => ({
        name: "Appel à projets",
        originUrl: portal,
        description: `${text} ${place} ${place * 7}`,
        ...in2025,
        ...bretagne,
      }),
    );
    const right = named("r", many).toReversed();
    const { pairs } = matchLikenesses(named("l", many), right);
    expect(pairs).toHaveLength(8000);
    expect(pairs.every(({ left, right }) => left.slice(1) === right.slice(1))).toBe(true);
  });
});

/** Aids that often share a title, a page, a text or a day. */
const crowdedAid: fc.Arbitrary<Part> = fc.record({
  name: fc.constantFrom(
    "Appel à projets",
    "Advenir",
    "Rénovation des gymnases",
    "Financer la rénovation des gymnases",
    "Trophées du numérique 2024",
    "Trophées du numérique 2025",
  ),
  originUrl: fc.constantFrom(null, ...Array.from({ length: 6 }, (_, place) => `${page}/${place}`)),
  description: fc.constantFrom(null, text, rewrittenText, otherText, ...Array.from({ length: 4 }, (_, place) => `${otherText} ${place}`)),
  submissionDeadline: fc.constantFrom(null, "2025-03-31", "2025-05-15", "2026-03-31"),
  financers: fc.constantFrom([], bretagne.financers ?? [], occitanie.financers ?? []),
});
const crowd = fc.array(crowdedAid, { maxLength: 14 });
const distinctCrowd = fc
  .uniqueArray(crowdedAid, { maxLength: 20, selector: (aid) => JSON.stringify(likenessOf("", aid)) })
  .map((aids) => aids.filter((aid) => aid.originUrl !== null || aid.description !== null || aid.submissionDeadline !== null));

describe("for any aids", () => {
  it("an aid is in one pair at most, pairs are certain, doubts are not of aids in pairs", () => {
    fc.assert(
      fc.property(crowd, crowd, (left, right) => {
        const { pairs, doubts } = matched(left, right);
        const ends = pairs.flatMap((pair) => [pair.left, pair.right]);
        expect(new Set(ends).size).toBe(ends.length);
        expect(doubts.filter((doubt) => ends.includes(doubt.left) || ends.includes(doubt.right))).toEqual([]);
        for (const { match } of pairs) expect(match.certainty).toBeGreaterThanOrEqual(pairFrom);
        for (const { match } of [...pairs, ...doubts]) {
          expect(match.certainty).toBeGreaterThanOrEqual(doubtFrom);
          expect(match.certainty).toBeLessThanOrEqual(1);
          expect(match.reasons).not.toEqual([]);
        }
      }),
    );
  });

  it("the order of the lists changes nothing", () => {
    const shuffled = (aids: Likeness[], order: readonly number[]) =>
      aids
        .map((aid, place) => [order[place] ?? 0, aid] as const)
        .sort(([a], [b]) => a - b)
        .map(([, aid]) => aid);
    const order = fc.array(fc.nat(), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(crowd, crowd, crowd, order, order, (left, right, others, one, other) => {
        const [l, r, b] = [named("l", left), named("r", right), named("b", others)];
        expect(matchLikenesses(shuffled(l, one), shuffled(r, other), { others: shuffled(b, one) })).toEqual(
          matchLikenesses(l, r, { others: b }),
        );
      }),
    );
  });

  it("left and right can change places", () => {
    const turned = ({ left, right, match }: Recognised["pairs"][number]) => JSON.stringify([right, left, match]);
    const same = ({ left, right, match }: Recognised["pairs"][number]) => JSON.stringify([left, right, match]);
    fc.assert(
      fc.property(crowd, crowd, (left, right) => {
        const there = matchLikenesses(named("l", left), named("r", right));
        const back = matchLikenesses(named("r", right), named("l", left));
        expect(back.pairs.map(turned).sort()).toEqual(there.pairs.map(same).sort());
        expect(back.doubts.map(turned).sort()).toEqual(there.doubts.map(same).sort());
      }),
    );
  });

  it("the same distinct aids under new ids are all recognised, each as itself", () => {
    fc.assert(
      fc.property(distinctCrowd, (aids) => {
        const { pairs, doubts } = matchLikenesses(named("l", aids), named("r", aids).toReversed());
        expect(pairs.map(({ left }) => left).sort()).toEqual(
          named("l", aids)
            .map(({ key }) => key)
            .sort(),
        );
        for (const { left, right } of pairs) expect(right.slice(1)).toBe(left.slice(1));
        expect(doubts).toEqual([]);
      }),
    );
  });

  it("financer and territory never turn a doubt of the table into a pair", () => {
    for (const { certainty } of likenessRules) expect(certainty >= pairFrom || certainty + 0.04 < pairFrom).toBe(true);
  });
});
