import { expect } from "vitest";
import type { z } from "zod";
import type { Catalogue } from "../../../../src/catalogue/open-catalogue.ts";
import type { ApiPage, TestApi } from "../../../support/api-client.ts";
import { apiWithKeys, madeKey } from "../../../support/api-keys.ts";

/** A client of Aides-territoires' API, rewritten from its published source: its requests, and what its code does with the answers. */
export interface Client {
  readonly name: string;
  /** Needs more aids or territories than invented ones. Absent: also runs on a few invented aids. */
  readonly needsRealAids?: true;
  readonly run: (api: ClientsApi) => Promise<void>;
}

/** Names of scales as Aides-territoires returns them. Clients list them in their code. */
export const scaleNames = [
  "Commune",
  "epci",
  "Bassin hydrographique",
  "Département",
  "Région",
  "Outre-mer",
  "Métropole",
  "Ad-hoc",
  "Pays",
  "Continent",
];

// biome-ignore lint/suspicious/noExplicitAny: clients read parsed JSON without types
export type Json = any;
type Headers = Readonly<Record<string, string>>;

/** The API as one client reaches it: with a key of its own, and limits that no other client uses up. */
export class ClientsApi {
  private constructor(
    private readonly api: TestApi,
    readonly key: string,
  ) {}

  static async of(catalogue: Catalogue, name: string): Promise<ClientsApi> {
    const { key } = await madeKey(catalogue, { name });
    return new ClientsApi(await apiWithKeys(catalogue), key);
  }

  ask(path: string, init: RequestInit = {}): Promise<ApiPage> {
    return this.api.ask(path, init);
  }

  /** Returns the JSON of an answer that must be 200. */
  async read(path: string, headers: Headers = {}): Promise<Json> {
    const page = await this.ask(path, { headers });
    expect([path, page.status, page.status === 200 ? "" : page.text]).toEqual([path, 200, ""]);
    expect(page.headers.get("content-type"), path).toMatch(/^application\/json/);
    return page.json;
  }

  /** Returns the JSON of a list that must have results. */
  async list(path: string, headers: Headers = {}): Promise<Json> {
    const json = await this.read(path, headers);
    expect(json.count, path).toBeGreaterThan(0);
    expect(json.results.length, path).toBeGreaterThan(0);
    return json;
  }

  /** Expects a refusal that names these parameters and what they accept. */
  async refuses(path: string, parameters: readonly string[], headers: Headers = {}): Promise<void> {
    const { status, json } = await this.ask(path, { headers });
    expect([path, status, json?.errors?.map(({ name }: Json) => name)]).toEqual([path, 400, parameters]);
    for (const { detail } of json.errors) expect(detail, path).toMatch(/\S/);
  }

  /** Exchanges the key, and returns the header that carries the token. */
  async bearer(init: { readonly headers?: Headers; readonly body?: string } = {}): Promise<{ authorization: string }> {
    const path = "/api/connexion/";
    const { headers = {}, ...body } = init;
    const page = await this.ask(path, { method: "POST", headers: { "X-AUTH-TOKEN": this.key, ...headers }, ...body });
    expect([path, page.status, typeof page.json?.token]).toEqual([path, 200, "string"]);
    return { authorization: `Bearer ${page.json.token}` };
  }

  /** Follows `next` until it is null, and returns all results. */
  async follow(path: string, headers: Headers = {}): Promise<Json[]> {
    return this.rest(await this.list(path, headers), headers);
  }

  /** Returns the results of a page and of those after it, which must be as many as `count` and distinct. */
  async rest(first: Json, headers: Headers = {}): Promise<Json[]> {
    const results = [...first.results];
    for (let next = first.next; next !== null; ) {
      const page = await this.read(next, headers);
      results.push(...page.results);
      next = page.next;
    }
    expectEachOnce(results, first.count);
    return results;
  }

  /** Counts pages itself until `next` is null, and returns all results. */
  async count(path: string, headers: Headers = {}): Promise<Json[]> {
    const results: Json[] = [];
    for (let page = 1; ; page++) {
      const { next, ...read } = await this.read(`${path}&page=${page}`, headers);
      results.push(...read.results);
      if (next !== null) continue;
      expectEachOnce(results, read.count);
      return results;
    }
  }
}

export function expectEachOnce(results: readonly Json[], count: number): void {
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
  expect(results).toHaveLength(count);
}

/** Expects each value to have the types that a client's code assumes. */
export function expectShape(shape: z.ZodType, values: readonly unknown[]): void {
  for (const value of values) expect(shape.safeParse(value).error?.issues ?? [], JSON.stringify(value).slice(0, 300)).toEqual([]);
}

/** A client that sends its key instead of a token gets its aids, as anybody does, or a refusal that says what to do. */
export async function expectNoTokenSaid(api: ClientsApi, path: string, authorization: string): Promise<void> {
  const { status, json } = await api.ask(path, { headers: { authorization } });
  if (status === 200) return;
  expect([path, status]).toEqual([path, 401]);
  expect(json.detail).toMatch(/connexion/);
}
