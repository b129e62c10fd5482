import { describe, expect, it } from "vitest";
import { cardId, kindsInOrder } from "../../../src/console/pages/night/cards/card.ts";
import { heldCard } from "../../../src/console/pages/night/cards/held-card.ts";
import { listCards } from "../../../src/console/pages/night/cards/list-cards.ts";
import { badRunCard } from "../../../src/console/pages/night/cards/run-cards.ts";
import { wordsCard } from "../../../src/console/pages/night/cards/work-cards.ts";
import type { Trouble } from "../../../src/jobs/morning/gather-trouble.ts";
import { type GuardFinding, holdingGuards } from "../../../src/model/plan/guard.ts";
import type { BadRun, HeldPlan } from "../../../src/model/run/digest.ts";
import { asidesOfCards, type SetAside } from "../../../src/model/run/set-aside.ts";

const now = new Date("2026-11-25T08:00:00Z");
const of = { connector: "region-exemple", publisher: "Région Exemple" };
const finding = (code: GuardFinding["code"], params: GuardFinding["params"] = {}): GuardFinding => ({
  code,
  found: 30,
  limit: 10,
  examples: [],
  params,
});
const held = (...guards: GuardFinding[]): HeldPlan => ({
  ...of,
  runId: "11111111-1111-4111-8111-111111111111",
  planId: "22222222-2222-4222-8222-222222222222",
  heldAt: "2026-11-25T03:00:00Z",
  nights: 1,
  guards,
});
const bad = (more: Partial<BadRun>): BadRun => ({
  ...of,
  runId: "11111111-1111-4111-8111-111111111111",
  outcome: "unreachable",
  endedAt: "2026-11-25T03:00:00Z",
  error: { code: "connection-failed", params: {} },
  tries: 1,
  nights: 1,
  nextTryAt: null,
  waitingPlan: null,
  ...more,
});
const quiet: Trouble = {
  expected: { expected: 0, missing: [] },
  paused: [],
  refusedFiles: [],
  gone: [],
  held: [],
  requested: [],
  failed: [],
  abandoned: [],
  late: [],
  machineFaults: [],
  futureDueTimes: [],
  refused: [],
  unreadable: [],
  stoppedEarly: [],
  unreachable: [],
  silent: [],
  withoutAddress: [],
  toBring: [],
};
const quietMorning = {
  ...{ trouble: quiet, toLookAt: [], promised: [], actions: [], deadLinks: [] },
  waiting: { review: 0, proposals: 0, expired: 0, duplicates: 0 },
};
const primary = (card: { acts: readonly { action?: string; href?: string }[] }) => card.acts[0]?.action ?? card.acts[0]?.href;

describe("the card of a held plan", () => {
  it("recommends to follow a renamed column, in one act", () => {
    const renamed = finding("path-missing", { path: "titre", to: "intitule", fields: "name", same: 12, of: 12 });
    const card = heldCard(held(renamed, finding("aids-gone", { of: 100, share: 0.1 })));
    expect(primary(card)).toBe("/plans/22222222-2222-4222-8222-222222222222/suivre");
    expect(card.acts[0]?.label).toContain("intitule");
  });

  it("recommends the rest of a plan when only fields broke, and nothing of it when aids are lost too", () => {
    const broken = finding("path-missing", { path: "texte", fields: "description" });
    expect(primary(heldCard(held(broken)))).toMatch(/\/sauf-champs$/);
    expect(primary(heldCard(held(broken, finding("aids-gone", { of: 100, share: 0.1 }))))).toMatch(/\/ecarter$/);
  });

  it("recommends to keep the catalogue when a third of the feed is lost, and names the missing aids", () => {
    const card = heldCard(held(finding("aids-gone", { of: 100, share: 0.1 })));
    expect(primary(card)).toMatch(/\/ecarter$/);
    expect(card.aids).toMatchObject({ of: "absences" });
    expect(card.acts.map(({ label }) => label)).toContain("Écrire au producteur");
  });

  it("asks to read the first plan of a draft before it is applied", () => {
    expect(heldCard(held(finding("first-run-of-draft")))).toMatchObject({ kind: "first-run", acts: [{ label: "Lire le plan" }, {}, {}] });
  });

  it("has an act, a cause and an effect for every guard that holds plans", () => {
    for (const code of holdingGuards) {
      const card = heldCard(held(finding(code)));
      expect(card.cause, code).toMatch(/^[\p{Lu}\d].*\.$/u);
      expect(card.acts.length, code).toBeGreaterThanOrEqual(3);
      expect(card.acts[0]?.effect, code).not.toBe("");
    }
  });

  it("has a new key when another guard holds the plan, and the same one the next night", () => {
    const [monday, tuesday] = [
      held(finding("aids-gone")),
      { ...held(finding("aids-gone")), planId: "33333333-3333-4333-8333-333333333333" },
    ];
    expect(heldCard(tuesday).key).toBe(heldCard(monday).key);
    expect(heldCard(held(finding("new-ids"))).key).not.toBe(heldCard(monday).key);
  });
});

describe("the card of a run that did not end well", () => {
  it("recommends another run on the first night, and a letter from the second on", () => {
    expect(primary(badRunCard(bad({}), now, "Olga"))).toBe("/connecteurs/region-exemple/lancer");
    expect(primary(badRunCard(bad({ nights: 2 }), now, "Olga"))).toBe("/connecteurs/region-exemple/courriers");
  });

  it("recommends a letter once the tries of the night, or a person's own run, have failed", () => {
    const write = "/connecteurs/region-exemple/courriers";
    expect(primary(badRunCard(bad({ tries: 3 }), now, "Olga"))).toBe(write);
    expect(primary(badRunCard(bad({ tries: 2, nextTryAt: "2026-11-25T09:00:00Z" }), now, "Olga"))).toBe(
      "/connecteurs/region-exemple/lancer",
    );
    const relaunch = { by: "Olga", at: "2026-11-25T08:12:00Z", isRepeated: true };
    for (const outcome of ["unreachable", "unreadable", "refused", "stopped-early"] as const) {
      const card = badRunCard(bad({ outcome, relaunch, error: { code: "http-refused", params: { status: 403 } } }), now, "Olga");
      expect(primary(card), outcome).toBe(write);
      expect(card.cause, outcome).toContain("Votre relance de 9\u00a0h\u00a012 a échoué aussi.");
    }
    expect(badRunCard(bad({ relaunch }), now, "Paul").cause).toContain("La relance demandée par Olga à 9\u00a0h\u00a012 a échoué aussi.");
  });

  it("sends our own failures to the technical team once a person's run has failed too", () => {
    const relaunch = { by: "Olga", at: "2026-11-25T08:12:00Z", isRepeated: true };
    const card = badRunCard(bad({ outcome: "failed", relaunch }), now, "Olga");
    expect(primary(card)).toBe("/collectes/11111111-1111-4111-8111-111111111111");
    expect(card.acts[0]?.effect).toContain("équipe technique");
  });

  it("says when the last of several tries was", () => {
    expect(badRunCard(bad({ tries: 3 }), now, "Olga").evidence[0]).toMatch(/^3.essais, le dernier le mercredi 25 novembre à 4.h.00\.$/);
  });

  it("recommends a letter at once when only the publisher can mend its server", () => {
    expect(primary(badRunCard(bad({ error: { code: "tls-failed", params: {} } }), now, "Olga"))).toBe(
      "/connecteurs/region-exemple/courriers",
    );
  });

  it("asks for the missing key, and never writes to the publisher about our own failures", () => {
    const card = badRunCard(
      bad({ outcome: "refused", error: { code: "missing-secret", params: { variable: "REGION_CLE" } } }),
      now,
      "Olga",
    );
    expect(primary(card)).toBe("/connecteurs/region-exemple/cles");
    const killed = badRunCard(bad({ outcome: "abandoned", error: null, nights: 3 }), now, "Olga");
    expect(primary(killed)).toBe("/connecteurs/region-exemple/lancer");
    expect(killed.acts.map(({ label }) => label)).not.toContain("Écrire au producteur");
  });
});

describe("the list of cards", () => {
  it("is empty after a quiet night", () => {
    expect(listCards({ ...quietMorning, work: { cards: [], expiring: 0 }, now, viewer: "Olga" })).toEqual([]);
  });

  it("puts the most urgent first, and leaves out connectors that have never run", () => {
    const trouble: Trouble = {
      ...quiet,
      held: [held(finding("aids-gone"))],
      failed: [bad({ outcome: "failed", connector: "ville" })],
      unreachable: [bad({ connector: "departement" })],
      silent: [
        { ...of, connector: "neuf", missing: null, silences: [{ code: "never-applied" }] },
        { ...of, connector: "muet", missing: null, silences: [{ code: "deadlines-past", aids: 3, lastDeadline: "2026-10-01" }] },
      ],
    };
    const words = wordsCard([{ word: "Bourgs", aids: 4, sure: null, meaning: null }]);
    const cards = listCards({ ...quietMorning, trouble, work: { cards: words, expiring: 0 }, now, viewer: "Olga" });
    expect(cards.map(({ kind }) => kind)).toEqual(["failed", "held", "unreachable", "silent", "words"]);
    expect(new Set(cards.map(cardId)).size).toBe(cards.length);
    expect(kindsInOrder.length).toBe(new Set(kindsInOrder).size);
  });
});

describe("the card of new words", () => {
  it("tries all sure translations at once, and leads to the list when none is sure", () => {
    const [card] = wordsCard([
      { word: "Bourgs", aids: 4, sure: "targetedAudiences|commune|Bourgs", meaning: "Communes" },
      { word: "Autre", aids: 1, sure: null, meaning: null },
    ]);
    expect(card?.cause.replaceAll(/[\u00a0\u202f]/g, " ")).toBe(
      "Nos listes ne connaissent pas encore « Bourgs » (4 aides, traduction sûre : Communes), « Autre » (1 aide).",
    );
    expect(card?.acts[0]).toMatchObject({ action: "/mots/accepter", fields: { mot: ["targetedAudiences|commune|Bourgs"] } });
    expect(wordsCard([{ word: "Autre", aids: 1, sure: null, meaning: null }])[0]?.acts[0]?.href).toBe("/mots");
  });
});

describe("a card that somebody put off", () => {
  const aside: SetAside = {
    id: "44444444-4444-4444-8444-444444444444",
    connector: "region-exemple",
    what: "card",
    issueCode: null,
    field: "held region-exemple aids-gone",
    upTo: null,
    until: "2026-11-27",
    reason: "le producteur corrige",
    by: "Olga",
    at: "2026-11-24T08:00:00Z",
    assignedTo: null,
  };
  const key = "held region-exemple aids-gone";

  it("is hidden until its day, then shown again", () => {
    expect(asidesOfCards([aside], now, "2026-11-26").get(key)?.isHidden).toBe(true);
    expect(asidesOfCards([aside], now, "2026-11-27").get(key)).toBeUndefined();
  });

  it("stays visible when it is only assigned, for two weeks", () => {
    const assigned = { ...aside, until: "2026-11-24", assignedTo: "Paul" };
    expect(asidesOfCards([assigned], now, "2026-11-25").get(key)).toMatchObject({ isHidden: false, aside: { assignedTo: "Paul" } });
    expect(asidesOfCards([assigned], new Date("2026-12-09T08:00:00Z"), "2026-12-09").get(key)).toBeUndefined();
  });

  it("does not take another thing that is set aside for a card", () => {
    expect(asidesOfCards([{ ...aside, what: "issue", issueCode: "unmapped-term" }], now, "2026-11-26").size).toBe(0);
  });
});
