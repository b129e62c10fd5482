import { expect, it } from "vitest";
import { seal, unseal } from "../../src/platform/seal.ts";

const given = { secret: "a secret of the tests, long enough", purpose: "tests", about: "CLE" };

it("opens a text only with the secret, purpose and subject with which it was sealed", () => {
  for (const text of ["", "clé à 1 €", "x".repeat(100_000)]) expect(unseal(seal(text, given), given)).toBe(text);
  const sealed = seal("s3cret-value", given);
  expect(sealed).toMatch(/^v1\.[\w-]+$/);
  expect(seal("s3cret-value", given)).not.toBe(sealed);
  for (const other of [{ secret: "another secret of the tests" }, { purpose: "others" }, { about: "AUTRE" }])
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
