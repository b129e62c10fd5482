import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { secondFactorPurpose } from "../../src/catalogue/accounts/second-factor-repository.ts";
import { seal } from "../../src/platform/seal.ts";
import { newCatalogue, type TestCatalogue, testDatabase } from "../support/catalogues.ts";
import { runCommandAt } from "../support/command-line.ts";

const noConnectors = "/";
const now = "2026-11-25T03:00:00Z";
const [first, second, third] = ["the first key of the tests", "the second key of the tests", "the third key of the tests"] as const;
const environmentOf = (MOISSON_SECRET: string, MOISSON_OLD_SECRETS = "") => ({ MOISSON_SECRET, MOISSON_OLD_SECRETS });

describe("moisson db reseal", () => {
  let catalogue: TestCatalogue;
  let personId: string;
  beforeAll(async () => {
    catalogue = await newCatalogue(testDatabase);
    const person = { email: "marie@exemple.fr", name: "Marie", role: "ops", createdBy: "test", createdAt: new Date(now) } as const;
    personId = (
      await catalogue.store.row<{ id: string }>(sql`
      insert into people (id, email, name, role, created_at, created_by)
      values (gen_random_uuid(), ${person.email}, ${person.name}, ${person.role}, ${now}::timestamptz, 'test') returning id::text`)
    ).id;
  });
  afterAll(() => catalogue.drop());

  const say = (environment: Record<string, string>, ...args: string[]) => runCommandAt(now, catalogue, noConnectors, args, environment);
  const keys = async (environment: Record<string, string>) => (await catalogue.secrets.addTo(environment, ["CLE"])).CLE;

  test("encrypts values of old keys again, and says which old key the traces still need", async () => {
    await catalogue.secrets.save({ name: "CLE", by: "Marie", at: new Date(now) }, "s3cret", [first]);
    const sealed = seal("JBSWY3DPEHPK3PXP", { secrets: [second], purpose: secondFactorPurpose, about: personId });
    await catalogue.secondFactors.add(personId, { sealed, step: 1, recoveryHashes: [], createdAt: new Date(now) });
    expect((await say(environmentOf(first), "forget", "Claire Dupont", "--yes")).error).toBeUndefined();

    // Before it is resealed, everything can be read under the new key and the old ones.
    const rotated = environmentOf(third, `${second},${first}`);
    expect(await keys(rotated)).toBe("s3cret");
    await expect(keys(environmentOf(third))).rejects.toMatchObject({ code: "secret-unreadable" });

    const resealed = await say(rotated, "db", "reseal");
    expect(resealed).toMatchObject({ error: undefined, exitCode: undefined, stderr: "" });
    expect(resealed.stdout).toBe(
      `encrypted again under MOISSON_SECRET: 2 of 2 values
key 1 of MOISSON_OLD_SECRETS: not needed any more; remove it
key 2 of MOISSON_OLD_SECRETS: keep it for ever; the traces of 1 forgotten person were made with it and cannot be made again
`,
    );
    expect(await keys(environmentOf(third))).toBe("s3cret");
    const factor = await catalogue.secondFactors.find(personId);
    expect(factor?.sealed).not.toBe(sealed);
    expect(await catalogue.sealedValues.list([third])).toEqual([
      { kind: "stored-secret", about: "CLE", place: 0 },
      { kind: "second-factor", about: personId, place: 0 },
    ]);
    expect((await say(rotated, "db", "reseal")).stdout).toContain("encrypted again under MOISSON_SECRET: 0 of 2 values");
  });

  test("names what no key can read, and exits with 1", async () => {
    const { stdout, stderr, exitCode } = await say(environmentOf("a key of nobody in the tests"), "db", "reseal");
    expect(stdout).toBe("encrypted again under MOISSON_SECRET: 0 of 2 values\n");
    expect(stderr).toBe(
      `access key CLE: encrypted under a key that is missing here; add it, or type the access key again
second factor of the account ${personId}: encrypted under a key that is missing here; add it, or remove the second factor in the console
traces of 1 forgotten person: made with a key that is missing here; add it to MOISSON_OLD_SECRETS, or runs are refused
`,
    );
    expect(exitCode).toBe(1);
    expect(String((await say({}, "db", "reseal")).error)).toContain("set MOISSON_SECRET");
  });
});
