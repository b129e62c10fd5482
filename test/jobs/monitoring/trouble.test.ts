import { describe, expect, it } from "vitest";
import { causeOf, troubleLog } from "../../../src/jobs/monitoring/trouble.ts";
import { RunFailed } from "../../../src/model/run/run-error.ts";
import { until } from "../../support/until.ts";

const failed = (reason: string) => new RunFailed("storage-failed", { reason });
const withCode = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1`), { code });

describe("the cause of trouble", () => {
  it.each([
    [failed("ECONNREFUSED"), "database-away"],
    [failed("57P03"), "database-away"],
    [failed("connection-lost"), "database-away"],
    [failed("55P03"), "lock-timeout"],
    [failed("57014"), "statement-timeout"],
    [failed("25P03"), "transaction-timeout"],
    [failed("53100"), "disk-full"],
    [failed("ENOSPC"), "disk-full"],
    [new RunFailed("storage-failed", { reason: "ENOSPC", place: "temporary-folder" }), "temporary-disk-full"],
    [failed("53300"), "no-free-connection"],
    [failed("42703"), "schema-unknown"],
    [failed("23505"), "other"],
    [withCode("ECONNREFUSED"), "redis-away"],
    [new Error("Connection is closed."), "redis-away"],
    [new Error("LOADING Redis is loading the dataset in memory"), "redis-away"],
    [new TypeError("a bug of ours"), "other"],
  ] as const)("of %s is %s", (error, cause) => expect(causeOf(error, "redis").cause).toBe(cause));

  it("is the database if the queue is on it", () => {
    expect(causeOf(withCode("ECONNREFUSED"), "postgresql").cause).toBe("database-away");
    expect(causeOf(withCode("57P03"), "postgresql").cause).toBe("database-away");
  });
});

describe("the log of trouble", () => {
  const open = (everyMs: number) => {
    const lines: [fields: object, message: string][] = [];
    const logger = { warn: (fields: object, message: string) => void lines.push([fields, message]) };
    return { lines, report: troubleLog(logger as never, "redis", everyMs) };
  };

  it("names the cause of the first of a hundred errors a second at once, then their number", async () => {
    const { lines, report } = open(300);
    for (let times = 0; times < 130; times++) report(times % 2 === 0 ? "look" : "digest", failed(times < 10 ? "57P03" : "ECONNREFUSED"));
    report("queue", new Error("Connection is closed."));
    expect(lines).toEqual([
      [{ cause: "database-away", reason: "57P03", where: "look" }, "the database does not answer"],
      [{ cause: "redis-away", reason: "Error", where: "queue" }, "Redis does not answer"],
    ]);
    await until("the rest is logged", () => lines.length === 3);
    expect(lines[2]).toEqual([
      { cause: "database-away", reason: "ECONNREFUSED", where: "digest", more: 129 },
      "the database does not answer",
    ]);
  });

  it("logs trouble at once after a quiet period", async () => {
    const { lines, report } = open(10);
    await until("it was reported twice", () => {
      report("look", failed("55P03"));
      return lines.filter(([fields]) => !("more" in fields)).length === 2;
    });
  });
});
