import { expect, it } from "vitest";
import { placeOfSecret, seal, unseal } from "../../src/platform/seal.ts";
import { readSecrets } from "../../src/platform/secrets.ts";

const given = { secrets: ["a secret of the tests, long enough"] as const, purpose: "tests", about: "CLE" };

it("opens a text only with the secret, purpose and subject with which it was sealed", () => {
  for (const text of ["", "clé à 1 €", "x".repeat(100_000)]) expect(unseal(seal(text, given), given)).toBe(text);
  const sealed = seal("s3cret-value", given);
  expect(sealed).toMatch(/^v1\.[\w-]+$/);
  expect(seal("s3cret-value", given)).not.toBe(sealed);
  for (const other of [{ secrets: ["another secret of the tests"] as const }, { purpose: "others" }, { about: "AUTRE" }])
    expect(unseal(sealed, { ...given, ...other })).toBeNull();
});

it("does not open a changed, truncated or foreign text", () => {
  const sealed = seal("s3cret-value", given);
  const bytes = Buffer.from(sealed.slice(3), "base64url");
  for (let at = 0; at < bytes.length; at++) {
    const touched = Buffer.from(bytes);
    touched.writeUInt8((touched.readUInt8(at) + 1) % 256, at);
    expect(unseal(`v1.${touched.toString("base64url")}`, given)).toBeNull();
  }
  for (const wrong of ["", "v1.", "v1.AAAA", sealed.slice(0, -8), `v2.${sealed.slice(3)}`]) expect(unseal(wrong, given)).toBeNull();
});

it("opens a text sealed under an old secret, and seals only under the current one", () => {
  const [current, old] = ["the current secret of the tests", "an old secret of the tests"] as const;
  const before = seal("s3cret-value", { ...given, secrets: [old] });
  const both = { ...given, secrets: [current, "a secret between the two", old] as const };
  expect(unseal(before, both)).toBe("s3cret-value");
  expect(placeOfSecret(before, both)).toBe(2);
  expect(unseal(seal("s3cret-value", both), { ...given, secrets: [current] })).toBe("s3cret-value");
  expect(placeOfSecret(before, { ...given, secrets: [current] })).toBeNull();
});

it("reads the current secret and the old ones, which are long enough", () => {
  const old = "an old secret of the tests";
  expect(
    readSecrets({ MOISSON_SECRET: "the current secret", MOISSON_OLD_SECRETS: `\n${old} ,short,the current secret,${old}\r\n` }),
  ).toEqual(["the current secret", old]);
  expect(readSecrets({ MOISSON_SECRET: "the current secret" })).toEqual(["the current secret"]);
  for (const environment of [{}, { MOISSON_SECRET: "short" }, { MOISSON_OLD_SECRETS: old }]) expect(readSecrets(environment)).toBeNull();
});
