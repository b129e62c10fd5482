import { describe, expect, it } from "vitest";
import { askForIdentifier } from "../../src/french/survey.ts";
import { proposalFor, records, ruleOf } from "./survey-of.ts";

const titled = (number: number, more: Record<string, unknown>) => ({
  ...more,
  titre: `Aide pour les vergers n° ${number}`,
  texte: "Une aide.",
});

function identifies(proposal: Awaited<ReturnType<typeof proposalFor>>): string {
  return proposal.identifier.chosen.from.join(" + ");
}

function codes(proposal: Awaited<ReturnType<typeof proposalFor>>): string[] {
  return proposal.identifier.chosen.evidence.map(({ code }) => code);
}

describe("the field that identifies", () => {
  it("has the name of an identifier and unique values", async () => {
    const proposal = await proposalFor(records(20, (n) => titled(n, { id: `${1000 + n}` })));
    expect(ruleOf(proposal, "externalId")).toEqual({ kind: "identifier", of: { kind: "field", path: "id" } });
    expect(proposal.identifier).toMatchObject({ isFragile: false, chosen: { shared: 0, fill: 1 } });
  });

  it("is the publisher's own reference rather than a generated code or a path", async () => {
    const made = ["Sy2cc9WqE", "Skxo55-5N", "S1Xj5qb5N", "aB3dE6gH9"];
    const proposal = await proposalFor(
      records(4, (n) => titled(n, { id: `/api/aides/${made[n - 1]}`, reference: made[n - 1], referenceAdministrative: `0000000${n}` })),
    );
    expect(identifies(proposal)).toBe("referenceAdministrative");
    expect(proposal.identifier.others.map(({ from }) => from[0])).toEqual(expect.arrayContaining(["reference", "id"]));
  });

  it("is not the number of the row", async () => {
    const proposal = await proposalFor(records(30, (n) => titled(n, { numero: n, reference: `REF-${n * 7}` })));
    expect(identifies(proposal)).toBe("reference");
    const alone = await proposalFor(records(30, (n) => titled(n, { numero: n })));
    expect(alone.identifier.isFragile).toBe(true);
  });

  it("is not one that the portal regenerates at each publication", async () => {
    const proposal = await proposalFor(records(20, (n) => titled(n, { recordid: `a${n}f${n * 31}`, id_article: `${500 + n}` })));
    expect(identifies(proposal)).toBe("id_article");
  });

  it("may have a few duplicates, which the publisher has to correct; a record that occurs twice is not a duplicate", async () => {
    const feed = records(20, (n) => titled(n, { id: `${1000 + Math.min(n, 19)}` }));
    const proposal = await proposalFor(feed);
    expect(identifies(proposal)).toBe("id");
    expect(proposal.identifier).toMatchObject({ isFragile: true, chosen: { shared: 1 } });
    const repeated = await proposalFor([...feed.slice(0, 19), feed[0]]);
    expect(repeated.identifier).toMatchObject({ isFragile: false, chosen: { shared: 0 } });
  });
});

describe("a feed without a permanent identifier", () => {
  it("uses the link, otherwise the title", async () => {
    const linked = await proposalFor(records(20, (n) => titled(n, { lien: `https://example.org/aides/${n}` })));
    expect(ruleOf(linked, "externalId")).toEqual({ kind: "identifier", of: { kind: "field", path: "lien" } });
    expect(linked.identifier.isFragile).toBe(true);
    expect(codes(linked)).toContain("is-link");
    expect(ruleOf(linked, "originUrl")).toEqual({ kind: "url", of: { kind: "field", path: "lien" } });
    const bare = await proposalFor(records(20, (n) => titled(n, {})));
    expect(ruleOf(bare, "externalId")).toEqual({ kind: "identifier", of: { kind: "slug", of: { kind: "field", path: "titre" } } });
    expect(codes(bare)).toContain("is-title");
  });

  it("uses the link and the title if several aids share a page", async () => {
    const proposal = await proposalFor(records(20, (n) => titled(n, { lien: `https://example.org/aides/${n % 2}` })));
    expect(identifies(proposal)).toBe("titre");
    const samesame = records(20, (n) => ({
      lien: `https://example.org/aides/${n % 10}`,
      titre: n <= 10 ? "Aide aux vergers" : "Aide aux prairies",
    }));
    expect(identifies(await proposalFor(samesame))).toBe("lien + titre");
  });

  it("gives a sentence that asks the publisher for an identifier and explains the consequences", async () => {
    const { identifier } = await proposalFor(records(20, (n) => titled(n, { lien: `https://example.org/aides/${n}` })));
    const sentence = askForIdentifier(identifier.chosen.from, identifier.chosen.evidence);
    expect(sentence).toContain("identifiant stable");
    expect(sentence).toMatch(/adresse de leur page \(«.lien.»\)/u);
    expect(sentence).not.toContain("'");
  });
});

describe("an older snapshot of the feed", () => {
  it("excludes a field whose values have changed", async () => {
    const older = records(20, (n) => titled(n, { id: `a-${n}`, code: `C-${n}` }));
    const now = records(20, (n) => titled(n, { id: `b-${n}`, code: `C-${n}` }));
    const proposal = await proposalFor(now, { older });
    expect(identifies(proposal)).toBe("code");
    expect(proposal.identifier.chosen).toMatchObject({ kept: 1 });
    expect(proposal.identifier.others.find(({ from }) => from[0] === "id")).toMatchObject({ kept: 0 });
    expect(identifies(await proposalFor(now))).toBe("id");
  });

  it("is ignored with a remark if its format differs", async () => {
    const proposal = await proposalFor(
      records(20, (n) => titled(n, { id: `${n * 3}` })),
      { older: "<html><body>…</body></html>" },
    );
    expect(proposal.remarks.map(({ code }) => code)).toContain("older-unread");
  });
});
