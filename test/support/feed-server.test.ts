import { describe, expect, it } from "vitest";
import { startFeedServer } from "./feed-server.ts";

describe("the feed server of the tests", () => {
  it("fails a test that requests an undeclared route", async () => {
    const server = await startFeedServer();
    const answer = await fetch(`${server.origin}/surprise`);
    await server.close();
    expect(answer.status).toBe(599);
    expect(() => server.assertAllAsked()).toThrow("nobody declared it: GET /surprise");
  });

  it("fails a test that does not request a declared route", async () => {
    const server = await startFeedServer();
    const url = server.on("/f", { body: "1" }, { body: "2" });
    expect(await (await fetch(url)).text()).toBe("1");
    expect(() => server.assertAllAsked()).toThrow("nobody asked for it: /f (1)");
    expect(await (await fetch(url)).text()).toBe("2");
    expect(() => server.assertAllAsked()).not.toThrow();
    await server.close();
  });
});
