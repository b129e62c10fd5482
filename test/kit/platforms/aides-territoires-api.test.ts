import { describe, expect, it } from "vitest";
import type { ConnectorInput } from "../../../src/kit/definition.ts";
import { aidesTerritoiresApi } from "../../../src/kit/platforms/aides-territoires-api.ts";
import { text } from "../../../src/kit/rules/texts.ts";
import { type FeedServer, feedServer } from "../../support/feed-server.ts";
import { failureOf } from "../../support/fetch-test-feed.ts";
import { readServed } from "../../support/read-served.ts";

type Given = Parameters<typeof aidesTerritoiresApi>[0];

const publisher: ConnectorInput["publisher"] = {
  name: "Département d'Exemple",
  siren: "999000017",
  kind: "department",
  territory: { scale: "department", code: "26" },
  website: "https://aides.example.org",
  licence: "unknown",
};
const path = "/api/aids/all/?itemsPerPage=2";
const token = { body: { token: "eyJ.one" } };
const busy = { status: 503, headers: { "retry-after": "0" } };

/** An aid in the API's format, without fields that no test reads. */
const aid = (id: number, more: Readonly<Record<string, unknown>> = {}) => ({ id, slug: `aide-${id}`, name: `Aide ${id}`, ...more });

/** A page of the API. `next`: the address of the next one. */
const page = (count: number, results: readonly unknown[], next: string | null = null) => ({
  body: { count, previous: null, next, results },
});

/** Reads a connector of this server, with a key if the server requires one. */
function read(server: FeedServer, given: Partial<Given> = {}) {
  const connector = aidesTerritoiresApi({ id: "service", servedBy: "site", publisher, feed: { url: server.origin + path }, ...given });
  return readServed(server, connector, { environment: { API_KEY: "lasting" } });
}

const withToken = (server: FeedServer) => ({ token: { url: `${server.origin}/api/connexion/`, keyFrom: "API_KEY" } });

describe("Aides-territoires' API", () => {
  it("exchanges the key for a token and uses it for every page", async () => {
    const server = await feedServer();
    server.on("/api/connexion/", token);
    server.on(path, page(3, [aid(3), aid(2)], `${server.origin}${path}&page=2`));
    server.on(`${path}&page=2`, page(3, [aid(1)]));
    const { feed, aids, unreadFields } = await read(server, withToken(server));
    expect([...aids.keys()].sort()).toEqual(["1", "2", "3"]);
    expect(feed).toMatchObject({ announcedTotal: 3, stoppedEarly: null });
    expect(unreadFields).toEqual([]);
    expect(server.requests.map(({ method, headers }) => [method, headers["x-auth-token"], headers.authorization])).toEqual([
      ["POST", "lasting", undefined],
      ["GET", undefined, "Bearer eyJ.one"],
      ["GET", undefined, "Bearer eyJ.one"],
    ]);
  });

  it("continues with a new token if a page refuses the old one", async () => {
    const server = await feedServer();
    server.on("/api/connexion/", token, { body: { token: "eyJ.two" } });
    server.on(path, page(2, [aid(2)], `${server.origin}${path}&page=2`));
    server.on(`${path}&page=2`, { status: 401, body: { code: 401, message: "Expired JWT Token" } }, page(2, [aid(1)]));
    expect((await read(server, withToken(server))).aids.size).toBe(2);
    expect(server.requests.at(-1)?.headers.authorization).toBe("Bearer eyJ.two");
  });

  it("accepts a changing total and a page that fails twice", async () => {
    const server = await feedServer();
    server.on(path, page(2, [aid(2)], `${server.origin}${path}&page=2`));
    server.on(`${path}&page=2`, busy, busy, page(3, [aid(1), aid(4)]));
    expect(await read(server)).toMatchObject({ received: 3, feed: { announcedTotal: 3, stoppedEarly: null } });
  });

  it.each([
    ["an error comes with 200", { body: { type: "about:blank", title: "Internal Server Error", status: 500 } }, 1],
    ["fewer aids come than were announced", page(9, [aid(1)]), 2],
    ["a page is cut short", { body: { count: 2, results: [aid(1)] }, cutAfter: 20 }, 1],
  ])("stops early if %s", async (_, answer, received) => {
    const server = await feedServer();
    server.on(path, page(2, [aid(2)], `${server.origin}${path}&page=2`));
    server.on(`${path}&page=2`, answer, ...("cutAfter" in answer ? [answer, answer] : []));
    const { feed, aids } = await read(server);
    expect(feed.stoppedEarly).toMatchObject({ code: "walk-incomplete" });
    expect(aids.size).toBe(received);
  });

  it.each([
    [{ status: 429, headers: { "retry-after": "3600" } }, "server-busy"],
    [{ status: 403, body: "Forbidden" }, "http-refused"],
    [{ body: "<!doctype html><title>Maintenance</title>" }, "html-page"],
  ])("the first response %j is not read", async (answer, code) => {
    const server = await feedServer();
    server.on(path, answer);
    expect(await failureOf(read(server))).toMatchObject({ code });
  });

  it("an error instead of the aids gives no aid", async () => {
    const server = await feedServer();
    server.on(path, { body: { type: "about:blank", title: "Not Found", status: 404 } });
    const { aids, rejected } = await read(server);
    expect([aids.size, rejected]).toEqual([0, ["missing-external-id", "missing-name"]]);
  });

  it("reads all its versions, also a list without an envelope", async () => {
    const server = await feedServer();
    const types = { aid_types: ["Subvention", "Ingénierie technique"] };
    const old = aid(1, { ...types, perimeter: "Aude (Département)", targeted_audiences: ["EPCI à fiscalité propre", "Communes"] });
    const perimeter = { perimeter: "Aude", perimeter_scale: "Département" };
    const today = aid(2, { ...types, ...perimeter, targeted_audiences: ["Commune", "Intercommunalité / Pays"] });
    server.on(path, { body: [old, today] });
    const { aids, issues } = await read(server);
    // The made publisher is Île-de-France.
    expect(issues).toEqual(["perimeters: outside-territory", "perimeters: outside-territory"]);
    for (const id of ["1", "2"]) {
      expect(aids.get(id)).toMatchObject({
        perimeters: [{ scale: "department", code: "11", name: "Aude" }],
        targetedAudiences: ["commune", "epci"],
        aidTypes: ["grant", "technical-engineering"],
      });
    }
  });

  it("reads each bound of a rate separately, and 1 as 1 %", async () => {
    const server = await feedServer();
    const bounds = [
      [30, null],
      [null, 1],
      [0, 100],
      [null, null],
    ];
    const rated = bounds.map(([lower, upper], id) => aid(id, { subvention_rate_lower_bound: lower, subvention_rate_upper_bound: upper }));
    server.on(path, page(4, rated));
    const { aids, issues } = await read(server);
    expect(issues).toEqual([]);
    expect([...aids.values()].map((found) => [found.subventionRateLowerBound, found.subventionRateUpperBound])).toEqual(bounds);
  });
});

describe("Aides-territoires' format served by a publisher", () => {
  it("missing financers and territories are the publisher's", async () => {
    const server = await feedServer();
    server.on(path, page(2, [aid(1), aid(2, { financers: "Chambre d'Exemple", perimeter: "Bretagne", subvention_rate: "10 à 20 %" })]));
    const { aids, unreadFields } = await read(server, { servedBy: "publisher" });
    expect(unreadFields).toEqual([]);
    expect(aids.get("1")).toMatchObject({
      financers: [{ name: "Département d'Exemple", siren: "999000017" }],
      perimeters: [{ scale: "department", code: "26", name: "Drôme" }],
    });
    expect(aids.get("2")).toMatchObject({
      financers: [{ name: "Chambre d'Exemple", siren: null }],
      perimeters: [{ scale: "region", code: "53", name: "Bretagne" }],
      subventionRateLowerBound: 10,
      subventionRateUpperBound: 20,
    });
  });

  it("rules of the connector take precedence over the platform's, and its ignored fields are added", async () => {
    const server = await feedServer();
    server.on(path, page(1, [aid(1, { titre: "Le nôtre", vu: 3 })]));
    const { aids, unreadFields } = await read(server, { servedBy: "publisher", ignored: ["vu"], fields: { name: text("titre") } });
    expect(unreadFields).toEqual(["name"]);
    expect(aids.get("1")).toMatchObject({ name: "Le nôtre" });
  });
});
