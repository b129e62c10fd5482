import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runFixture } from "../../../src/ingest/run-fixture.ts";
import { holds } from "../../../src/kit/expressions/evaluate-condition.ts";
import { callsOutOfReach } from "../../../src/kit/platforms/calls-out-of-reach.ts";
import { loadedConnector } from "../../support/loaded-connectors.ts";
import { hasSharedData, sharedData, whySkipped } from "../../support/shared-data.ts";

const rules = callsOutOfReach({
  identifier: ["reference", "metadata.reference"],
  title: ["titre"],
  callTitle: ["appel"],
  isCascade: { field: "cascade", isOneOf: ["oui"] },
});

/** Returns the reason why a call is out of scope; null if it goes to review. */
function reasonOf(reference: string, titre = "Open topic", appel?: string): string | null {
  const values = { reference, titre, ...(appel === undefined ? {} : { appel, cascade: "oui" }) };
  return rules.find(({ when }) => holds(when, values))?.reason ?? null;
}

describe("European calls that are not for our audiences", () => {
  it.each([
    ["EDF-2026-DA-AIR-SPS", "Self-protection systems", /^Défense/],
    ["HORIZON-EIC-2026-DEFENCE-01", "EIC defence call", /^Défense/],
    ["HORIZON-EURATOM-2026-01-08", "Partnership for research in nuclear materials", /Euratom/],
    ["EuropeAid/187193/DD/ACT/MN", "Human Rights & Democracy programme", /^Action extérieure/],
    ["LIFE-2026-NGO-OG-FPA", "Framework Partnership Agreements", /réseaux associatifs/],
    ["CEF-E-2026-PCI-PMI-WORKS", "Smart grids", /réseaux transeuropéens/],
    ["ERC-2027-STG", "Starting Grant", /chercheurs/],
    ["HORIZON-JU-CBE-2026-IA-05", "Packaging in cities", /^Partenariat industriel/],
    ["HORIZON-MISS-2027-02-CANCER-01", "Functional genomics", /médicale/],
    ["HORIZON-CL5-2027-07-D3-25", "Advanced control rooms", /^Recherche européenne/],
    ["HORIZON-MISS-2022-CIT-SGA", "Grant agreement of the cities mission", /désignés d'avance/],
  ])("%s: %s", (reference, title, reason) => {
    expect(reasonOf(reference, title)).toMatch(reason);
  });

  it.each([
    ["LIFE-2026-SAP-NAT-NATURE", "Nature and Biodiversity"],
    ["CERV-2026-CITIZENS-TOWN-TT", "Call Town Twinning 2026"],
    ["EuropeAid/186288/DD/ACT/Multi", "Natural Capital of Caribbean OCTs"],
    ["HORIZON-CL5-2026-10-D6-09", "Road safety and resilience of rural areas"],
    ["HORIZON-MISS-2027-03-OCEAN-02", "Circularity of seafood supply chain"],
    ["HORIZON-NEB-2027-01-BUSINESS-02", "Innovative models for investment and ownership"],
    ["HORIZON-MSCA-2027-CITIZENS-01-01", "MSCA and Citizens 2027"],
    ["HORIZON-CL3-2026-01-DRS-02", "Multi-hazard approach"],
    ["HORIZON-CL3-2026-01-SSRI-03", "Public procurement of innovation for security"],
    ["HORIZON-NEW-2028-01", "A part of the programme that we do not know"],
  ])("is reviewed: %s, %s", (reference, title) => {
    expect(reasonOf(reference, title)).toBeNull();
  });

  it("a cascade-funding call is judged by its own title too, even if its topic is for named beneficiaries", () => {
    expect(reasonOf("HORIZON-MISS-2022-CIT-SGA", "Grant agreement", "Lift")).toBeNull();
    expect(reasonOf("DIGITAL-2022-SKILLS-03", "Education programmes", "Scholarships")).toMatch(/cascade/);
    expect(reasonOf("DIGITAL-2022-SKILLS-03", "Education programmes", "Digital twins for small towns")).toBeNull();
    expect(reasonOf("DIGITAL-2026-BESTUSE-10", "Safer Internet Centres")).toBeNull();
  });

  it("only whole words count, under any of the paths", () => {
    expect(reasonOf("HORIZON-CL5-2027-07-D3-25", "Locality-sensitive hashing of urbanised data")).toMatch(/^Recherche européenne/);
    expect(rules.some(({ when }) => holds(when, { metadata: { reference: ["EDF-2026-DA"] } }))).toBe(true);
  });

  it.skipIf(!hasSharedData)(`of 723 real calls 226 go to review${whySkipped}`, async () => {
    const file = join(sharedData, "eu/eu_ft_portal_grants_2026-08-14.json");
    const { aids } = await runFixture(await loadedConnector("eu-funding-tenders"), file);
    expect(aids.length).toBe(723);
    expect(aids.filter(({ outOfScope }) => outOfScope === null).length).toBe(226);
  });
});
