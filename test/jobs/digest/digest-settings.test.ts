import { expect, it } from "vitest";
import { readDigestSettings } from "../../../src/jobs/digest/digest-settings.ts";
import { WrongSettings } from "../../../src/platform/config.ts";

const mail = {
  MOISSON_SMTP_URL: "smtp://digest:p%40ss%3A@mail.example.org:2525",
  MOISSON_DIGEST_FROM: "Moisson <moisson@example.org>",
  MOISSON_DIGEST_TO: "ops@example.org, Marie <marie@example.org>,",
};

it("needs no settings; the digest then has no recipients", () => {
  expect(readDigestSettings({ MOISSON_DIGEST_TO: "" })).toEqual({ cron: "30 6 * * 1-5", mail: null, webhook: null });
});

it("decodes user and password, and reads both addresses", () => {
  expect(readDigestSettings(mail).mail).toEqual({
    host: "mail.example.org",
    port: 2525,
    isSecure: false,
    login: { user: "digest", password: "p@ss:" },
    from: "Moisson <moisson@example.org>",
    to: ["ops@example.org", "Marie <marie@example.org>"],
  });
});

it.each([
  ["smtp://mail.example.org", { host: "mail.example.org", port: 25, isSecure: false, login: null }],
  ["smtp://digest:x@mail.example.org", { port: 587, isSecure: false }],
  ["smtps://digest:x@mail.example.org", { port: 465, isSecure: true }],
  ["smtp://[::1]:2525", { host: "::1", port: 2525 }],
])("takes %s", (address, expected) => {
  expect(readDigestSettings({ ...mail, MOISSON_SMTP_URL: address }).mail).toMatchObject(expected);
});

it.each<[Record<string, string>, RegExp]>([
  [{ ...mail, MOISSON_SMTP_URL: "mail.example.org" }, /^MOISSON_SMTP_URL: expected an address, as smtp:\/\/user:password@/],
  [{ ...mail, MOISSON_SMTP_URL: "https://mail.example.org" }, /^MOISSON_SMTP_URL: expected/],
  [{ ...mail, MOISSON_SMTP_URL: "smtp://digest:50%@mail.example.org" }, /^MOISSON_SMTP_URL: expected/],
  [{ ...mail, MOISSON_DIGEST_FROM: "moisson" }, /^MOISSON_DIGEST_FROM: expected an address/],
  [{ ...mail, MOISSON_DIGEST_FROM: "a@example.org\r\nBcc: b@example.org" }, /^MOISSON_DIGEST_FROM: expected an address/],
  [{ ...mail, MOISSON_DIGEST_TO: "ops@example.org;marie@example.org" }, /^MOISSON_DIGEST_TO: expected a list of addresses/],
  [
    { MOISSON_DIGEST_TO: "ops@example.org" },
    /^MOISSON_SMTP_URL: expected, because MOISSON_DIGEST_TO is set\nMOISSON_DIGEST_FROM: expected, because/,
  ],
  [{ MOISSON_DIGEST_WEBHOOK: "hooks.example.org/secret" }, /^MOISSON_DIGEST_WEBHOOK: expected an address that begins with https:\/\/$/],
  [{ MOISSON_DIGEST_CRON: "30 6 * *" }, /^MOISSON_DIGEST_CRON: expected a cron expression, as 30 6 \* \* 1-5: has 4 parts/],
  [
    { MOISSON_DIGEST_CRON: "30 25 * * *", MOISSON_DIGEST_WEBHOOK: "x" },
    /^MOISSON_DIGEST_WEBHOOK: .*\nMOISSON_DIGEST_CRON: .*"25" is not a valid hour/,
  ],
])("refuses %o in one line for each variable, without its value", (environment, said) => {
  const read = () => readDigestSettings(environment);
  expect(read).toThrow(WrongSettings);
  expect(read).toThrow(said);
  expect(read).not.toThrow(/secret|50%|digest:/);
});
