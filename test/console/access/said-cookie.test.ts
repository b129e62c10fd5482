import { expect, it } from "vitest";
import { messageCookie } from "../../../src/console/access/cookies.ts";

it.each([
  ["cut within a sign", `${"a".repeat(999)}😀`],
  ["of signs that are long in an address", "’".repeat(1000)],
])("what was done is done, and said, also where the sentence is too long for a cookie: %s", (_, said) => {
  const cookie = messageCookie({ url: "https://console.test" }, said);
  expect(cookie.length).toBeLessThan(4000);
  expect(decodeURIComponent(/=([^;]*)/.exec(cookie)?.[1] ?? "").length).toBeGreaterThan(300);
});
