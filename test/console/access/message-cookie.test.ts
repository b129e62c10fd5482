import { expect, it } from "vitest";
import { messageCookie } from "../../../src/console/access/cookies.ts";

it.each([
  ["cut within a character", `${"a".repeat(999)}😀`],
  ["of characters that are long when encoded", "’".repeat(1000)],
])("cuts a message that is too long for a cookie: %s", (_, message) => {
  const cookie = messageCookie({ url: "https://console.test" }, message);
  expect(cookie.length).toBeLessThan(4000);
  expect(decodeURIComponent(/=([^;]*)/.exec(cookie)?.[1] ?? "").length).toBeGreaterThan(300);
});
