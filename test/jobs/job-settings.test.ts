import { expect, it } from "vitest";
import { readJobSettings } from "../../src/jobs/job-settings.ts";
import { readConfig, WrongSettings } from "../../src/platform/config.ts";

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof WrongSettings) return error.problems;
    throw error;
  }
  return [];
}

it.each([
  ["MOISSON_RUNS_AT_ONCE", ["0", "100", "two", "-1"]],
  ["MOISSON_LOCK_SECONDS", ["0", "-5", "30s", "1e3", "86401"]],
  ["MOISSON_TICK_SECONDS", ["0", "99999999"]],
  ["MOISSON_RETRY_SECONDS", ["soon"]],
  ["MOISSON_GRACE_SECONDS", ["0", "1000000"]],
  ["MOISSON_PROCESS_MEMORY_MB", ["0", "5", "600 MB", "1e3"]],
  ["MOISSON_PORT", ["0", "65536", "http"]],
  ["MOISSON_QUEUE", ["Moisson", "a:b", "secret queue"]],
  ["MOISSON_LINK_CHECKS", ["maybe"]],
  ["MOISSON_RADAR", ["yes", "portail", "opendatasoft=ftp://x.example"]],
  ["HEARTBEAT_URL", ["hc-ping.example/secret-uuid", "ftp://user:secret@example.org"]],
])("says in one line what is wrong with %s, and shows no value", (variable, values) => {
  for (const value of values) {
    const problems = problemsOf(() => readJobSettings({ [variable]: value }));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${variable}: expected [^\\n]+$`));
    if (value.length > 3) expect(problems[0]).not.toContain(value);
  }
});

it("prints a line for each invalid setting", () => {
  const wrong = { MOISSON_PORT: "http", MOISSON_LOCK_SECONDS: "0", HEARTBEAT_URL: "nowhere" };
  expect(problemsOf(() => readJobSettings(wrong)).map((line) => line.split(":")[0])).toEqual([
    "MOISSON_LOCK_SECONDS",
    "MOISSON_PORT",
    "HEARTBEAT_URL",
  ]);
});

it.each(["REDIS_URL", "DATABASE_URL"])("explains an invalid %s without showing its value", (variable) => {
  const problems = problemsOf(() => readConfig({ [variable]: "https://user:s3cret@example.org" }));
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`${variable}: expected`);
  expect(problems[0]).not.toContain("s3cret");
});

it("has a valid default for each setting", () => {
  expect(readJobSettings({})).toEqual({
    runsAtOnce: null,
    lockSeconds: 30,
    retrySeconds: 120,
    graceSeconds: 20,
    tickSeconds: 15,
    processMemoryMb: 1000,
    port: null,
    host: "127.0.0.1",
    queue: "moisson",
    checksLinks: true,
    radar: null,
    heartbeatUrl: null,
  });
});
