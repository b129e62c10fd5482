import { expect } from "vitest";
import type { TestApi } from "../../../support/api-client.ts";
import type { ClientRequest, PublicClient } from "./public-clients.ts";

/** Sends the requests of a client in order, and checks each answer as the client parses it. */
export async function expectClient(api: TestApi, { requests }: PublicClient): Promise<void> {
  const answers: unknown[] = [];
  for (const request of requests) answers.push(await answerTo(api, request, answers));
}

async function answerTo(api: TestApi, { path, shape, walks, refused, mayBeEmpty }: ClientRequest, answers: readonly unknown[]) {
  const address = typeof path === "string" ? path : path(answers);
  const { status, json } = await api.get(address);
  if (refused !== undefined) {
    expect([address, status, json.errors?.map(({ name }: { name: string }) => name)]).toEqual([address, 400, refused]);
    return json;
  }
  expect([address, status]).toEqual([address, 200]);
  expect(shape.safeParse(json).error?.issues ?? [], address).toEqual([]);
  if (!("results" in json)) return json;
  if (mayBeEmpty !== true) expect(json.results.length, address).toBeGreaterThan(0);
  if (walks === true) expect(await walkedIds(api, json), address).toHaveLength(json.count);
  return json;
}

/** Follows `next` and returns the distinct ids. */
async function walkedIds(api: TestApi, first: { results: { id: unknown }[]; next: string | null }): Promise<unknown[]> {
  const ids = first.results.map(({ id }) => id);
  for (let next = first.next; next !== null; ) {
    const { json } = await api.get(next);
    ids.push(...json.results.map(({ id }: { id: unknown }) => id));
    next = json.next;
  }
  return [...new Set(ids)];
}
