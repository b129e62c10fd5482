import type { Catalogue } from "../../src/catalogue/open-catalogue.ts";
import type { ConnectorInput } from "../../src/kit/definition.ts";
import type { LoadedConnector } from "../../src/kit/loaded-connector.ts";
import { type AccessOf, everybody } from "../../src/publish/api/access/access.ts";
import { apiApp, apiServices } from "../../src/publish/api/api-app.ts";
import type { ApiRoute, ApiServices } from "../../src/publish/api/api-route.ts";
import { routes } from "../../src/publish/api/api-routes.ts";
import { readApiSettings } from "../../src/publish/api/api-settings.ts";
import { checkConnector } from "../../src/registry/check-connector.ts";
import { readConnectors } from "../../src/registry/load-connectors.ts";
import { testNow } from "./made-aids.ts";
import { lookupOf } from "./read-value.ts";
import { soundConnector } from "./sound-connector.ts";

/** An answer. `json`: the parsed body, if it is JSON. */
export interface ApiPage {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read it freely
  readonly json: any;
}

/** The API of a catalogue without a network, at http://api.test. */
export interface TestApi {
  readonly services: ApiServices;
  /** Logged errors. */
  readonly errors: unknown[];
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ApiPage>;
  ask(path: string, init: RequestInit): Promise<ApiPage>;
}

/** Differences from the usual API of a test. */
export interface TestApiGiven {
  readonly connectors?: readonly LoadedConnector[];
  /** Folders of connectors. Default: none. */
  readonly folders?: readonly string[];
  readonly accessOf?: AccessOf;
  readonly now?: () => Date;
  readonly routes?: readonly ApiRoute[];
  /** The search page is open. Default: it is, so that tests of all addresses include it. */
  readonly hasSearchPage?: boolean;
  readonly publicUrl?: string;
}

/** Access to everything on the site. */
export const asSite: AccessOf = () => ({ scope: "site", name: "le site" });

/** Creates the API of a catalogue. */
export async function testApi(catalogue: Catalogue, given: TestApiGiven = {}): Promise<TestApi> {
  const connectors = given.connectors ?? (await readConnectors(given.folders ?? [])).connectors;
  const errors: unknown[] = [];
  const services = apiServices({
    catalogue,
    clock: { now: given.now ?? (() => new Date(testNow)), fixed: null, elapsed: () => performance.now() },
    logger: { error: (what) => errors.push(what) },
    connectors: async () => connectors,
    settings: { ...readApiSettings({}), hasSearchPage: given.hasSearchPage ?? true, publicUrl: given.publicUrl ?? null },
    url: "http://api.test",
    accessOf: given.accessOf ?? everybody,
  });
  const app = apiApp(services, given.routes ?? routes);
  const ask: TestApi["ask"] = async (path, init) => {
    const address = path.startsWith("http") ? path : `http://api.test${path}`;
    const answer = await app.request(address, init, { client: "192.0.2.1" });
    const text = await answer.text();
    const isJson = /json(?!l)/.test(answer.headers.get("content-type") ?? "") && !answer.headers.has("content-encoding") && text !== "";
    return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : null };
  };
  return { services, errors, ask, get: (path, headers = {}) => ask(path, { headers }) };
}

/** Returns a connector with this id, shown to its publisher as given. */
export function connectorOf(
  id: string,
  publisher: Partial<ConnectorInput["publisher"]> = {},
  changes: Partial<ConnectorInput> = {},
): LoadedConnector {
  const sound = soundConnector({ id, ...changes });
  const checked = checkConnector({ ...sound, publisher: { ...sound.publisher, ...publisher } });
  if ("problems" in checked) throw new Error(JSON.stringify(checked.problems));
  return { definition: checked.connector, terms: lookupOf({}), fingerprint: id, file: null, folder: null };
}
