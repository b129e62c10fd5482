import { expect, it } from "vitest";
import { missingVariables } from "../../../src/jobs/schedule/missing-variables.ts";
import type { Feed } from "../../../src/kit/feed.ts";
import { connectorOf } from "../../support/fetch-test-feed.ts";

const missing = (feed: Feed, environment = {}) => missingVariables(connectorOf(feed), environment);

it.each<[string, Partial<Feed>, readonly string[]]>([
  ["headers", { headersFrom: { "x-a": "A", "x-b": "B" } }, ["A", "B"]],
  ["basic", { auth: { kind: "basic", usernameFrom: "A", passwordFrom: "B" } }, ["A", "B"]],
  ["bearer", { auth: { kind: "bearer", tokenFrom: "A" } }, ["A"]],
  [
    "tokenExchange",
    { auth: { kind: "tokenExchange", url: "https://region.fr/t", method: "POST", headersFrom: { "x-a": "A" }, tokenPath: "token" } },
    ["A"],
  ],
  [
    "clientCredentials",
    {
      auth: {
        kind: "clientCredentials",
        tokenUrl: "https://region.fr/t",
        clientIdFrom: "A",
        clientSecretFrom: "B",
        credentialsIn: "body",
      },
    },
    ["A", "B"],
  ],
  ["tls", { tls: { caFrom: "A", certificateFrom: "B", keyFrom: "C", passphraseFrom: "D" } }, ["A", "B", "C", "D"]],
  ["nothing", {}, []],
])("every empty variable of %s is missing", (_what, feed, variables) => {
  const url = "https://region.fr/f";
  expect(missing({ url, ...feed })).toEqual(variables);
  expect(missing({ url, ...feed }, { A: "a", B: "", C: " \n" })).toEqual(variables.filter((name) => name !== "A"));
  const { url: _, ...unknown } = { url, ...feed };
  expect(missing({ ...unknown, urlFrom: "MOISSON_URL_X" })).toEqual(["MOISSON_URL_X", ...variables]);
});
