import { describe, expect, it } from "vitest";
import { machineCauseOf } from "../../../src/model/run/machine-cause.ts";
import {
  FeedRefused,
  FeedUnreachable,
  FeedUnreadable,
  RunFailed,
  RunOverBudget,
  WalkStoppedEarly,
} from "../../../src/model/run/run-error.ts";

const stored = (reason: string) => new RunFailed("storage-failed", { reason });

describe("the fault of an error", () => {
  it.each([
    [new FeedUnreachable("timed-out"), "server"],
    [new WalkStoppedEarly("walk-incomplete"), "server"],
    [RunOverBudget.of("seconds", 60, "fetch"), "server"],
    [new FeedRefused("http-refused"), "feed"],
    [new FeedUnreadable("malformed"), "feed"],
    [RunOverBudget.of("records", 60), "feed"],
    [RunOverBudget.of("memoryMegabytes", 60), "ours"],
    [new RunFailed("internal"), "ours"],
    [new RunFailed("out-of-memory"), "ours"],
    [new RunFailed("process-ended", { exitCode: 1 }), "ours"],
    [stored("23505"), "ours"],
    [stored("42601"), "ours"],
    [stored("staged-aids-lost"), "machine"],
    [stored("53100"), "machine"],
    [stored("catalogue-ahead"), "machine"],
    [new RunFailed("process-ended", { signal: "SIGKILL" }), "machine"],
    [new RunFailed("process-silent", { seconds: 60 }), "machine"],
  ] as const)("%s is %s", (error, fault) => expect(error.fault).toBe(fault));
});

describe("the cause of a machine's fault", () => {
  it.each([
    ["disk-full", ["53100", "ENOSPC", "EDQUOT"]],
    ["no-free-connection", ["53300"]],
    ["database-away", ["08006", "57P01", "57P03", "ECONNREFUSED", "ETIMEDOUT", "ENOTFOUND", "connection-lost", "timed-out"]],
    ["lock-timeout", ["55P03"]],
    ["statement-timeout", ["57014"]],
    ["transaction-timeout", ["25P03"]],
    ["conflict", ["40001", "40P01"]],
    ["memory-short", ["53200", "ENOMEM"]],
    ["schema-unknown", ["42P01", "42703", "42883", "catalogue-behind"]],
    ["system-error", ["58030", "EIO", "EROFS", "EMFILE", "ENOENT"]],
    [null, ["23505", "22P02", "42601", "unknown", "XX000", "snapshot-damaged"]],
  ] as const)("is %s for %s", (cause, codes) => expect(codes.map(machineCauseOf)).toEqual(codes.map(() => cause)));
});
