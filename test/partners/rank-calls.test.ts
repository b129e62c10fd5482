import { describe, expect, it } from "vitest";
import { organisationKey } from "../../src/partners/organisation-key.ts";
import { type CallablePublisher, rankCalls } from "../../src/partners/rank-calls.ts";

function publisher(territory: string | null, given: Partial<CallablePublisher> = {}): CallablePublisher {
  const kind = territory?.split(":")[0] ?? "ministry";
  const name = `Producteur ${territory}`;
  return {
    publisherId: name,
    name,
    kind,
    territory,
    stage: "spotted",
    connectors: 0,
    liveAids: 0,
    aidsThroughOthers: 0,
    missedSearches: 0,
    ...given,
  };
}

const order = (publishers: readonly CallablePublisher[], limit = 10) =>
  rankCalls(publishers, limit).map((call) => call.publisher.territory);

describe("the publishers to call first", () => {
  const drome = publisher("department:26");
  const nord = publisher("department:59");
  const lozere = publisher("department:48");

  it("come in the order of inhabitants, if nothing else differs", () => {
    expect(order([lozere, nord, drome])).toEqual(["department:59", "department:26", "department:48"]);
    expect(order([lozere, nord, drome], 1)).toEqual(["department:59"]);
  });

  it("are called earlier for each search without a result, and later for aids that others bring", () => {
    expect(order([nord, { ...drome, missedSearches: 9 }])).toEqual(["department:26", "department:59"]);
    expect(order([{ ...nord, aidsThroughOthers: 95 }, drome])).toEqual(["department:26", "department:59"]);
  });

  it("are not those that are online, paused or have refused, those with a connector, nor aggregators", () => {
    const others = (["online", "paused", "refused"] as const).map((stage) => publisher("region:84", { stage }));
    expect(order([...others, publisher("country:FRA", { kind: "aggregator" }), publisher("region:11", { connectors: 1 })])).toEqual([]);
  });

  it("are expected to have as many aids as the median of their kind, from three publishers on", () => {
    const online = [40, 10, 70].map((liveAids, place) => publisher(`department:0${place + 1}`, { liveAids, stage: "online" }));
    const expected = (peers: readonly CallablePublisher[]) =>
      rankCalls([...peers, drome], 10).map(({ expectedAids, basedOn }) => [expectedAids, basedOn]);
    expect(expected(online)).toEqual([[40, 3]]);
    expect(expected(online.slice(0, 2))).toEqual([[100, null]]);
  });

  it("count for their inhabitants: those of a department, of an overseas collectivity, of France without a territory", () => {
    const populations = rankCalls([drome, publisher("collectivity:987", { kind: "collectivity" }), publisher(null)], 10);
    const of = (territory: string | null) => populations.find((call) => call.publisher.territory === territory)?.population ?? 0;
    expect(of("department:26")).toBeGreaterThan(500_000);
    expect(of("department:26")).toBeLessThan(600_000);
    expect(of("collectivity:987")).toBeGreaterThan(250_000);
    expect(of(null)).toBeGreaterThan(65_000_000);
    expect(rankCalls([publisher("collectivity:984", { kind: "collectivity" })], 10).map(({ population }) => population)).toEqual([0]);
  });
});

describe("an organisation's key", () => {
  it.each([
    ["Conseil départemental de la Drôme", "Département de la Drôme"],
    ["CONSEIL RÉGIONAL DE BRETAGNE", "Région Bretagne"],
    ["Conseil général de l'Ain", "Département de l’Ain"],
    ["Agence de l'eau Loire-Bretagne (AELB)", "Agence de l'Eau Loire Bretagne"],
  ])("is the same for « %s » and « %s »", (one, other) => {
    expect(organisationKey(one)).toBe(organisationKey(other));
  });

  it("differs for different organisations", () => {
    const names = ["Région Bretagne", "Département d'Ille-et-Vilaine", "Agence de l'eau Loire-Bretagne", "DREAL Bretagne"];
    expect(new Set(names.map(organisationKey)).size).toBe(4);
  });
});
