import { describe, expect, it } from "vitest";
import { ownVariables, serverProcesses } from "../../src/platform/process-variables.ts";
import { apiVariables } from "../../src/publish/api/api-settings.ts";

const everything = {
  DATABASE_URL: "postgres://127.0.0.1/x",
  REDIS_URL: "redis://127.0.0.1",
  MOISSON_SECRET: "a secret of enough characters",
  MOISSON_OIDC_CLIENT_SECRET: "client",
  MOISSON_SMTP_URL: "smtp://user:password@mail.example",
  MOISSON_DIGEST_WEBHOOK: "https://chat.example/hook",
  HEARTBEAT_URL: "https://hc.example/uuid",
  MOISSON_URL_AGENCE: "https://agence.example/flux?key=1",
  AGENCE_TOKEN: "token",
  MOISSON_CONSOLE_NAME: "Aides",
};

describe("the variables of a process", () => {
  it("leave out the secrets of other processes, and name them", () => {
    const read = serverProcesses.map((process) => {
      const { own, ignored } = ownVariables(process, everything);
      return [process, Object.keys(own).join(" "), ignored.join(" ")];
    });
    const all = Object.keys(everything);
    const without = (...names: string[]) => all.filter((name) => !names.includes(name)).join(" ");
    const shared = "REDIS_URL MOISSON_SECRET MOISSON_OIDC_CLIENT_SECRET MOISSON_SMTP_URL MOISSON_DIGEST_WEBHOOK HEARTBEAT_URL";
    expect(read).toEqual([
      ["api", "DATABASE_URL", shared],
      ["public", "DATABASE_URL MOISSON_CONSOLE_NAME", shared],
      ["console", without("HEARTBEAT_URL", "MOISSON_DIGEST_WEBHOOK"), "MOISSON_DIGEST_WEBHOOK HEARTBEAT_URL"],
      ["worker", without("MOISSON_OIDC_CLIENT_SECRET"), "MOISSON_OIDC_CLIENT_SECRET"],
    ]);
  });

  it("contain all settings of the API", () => {
    const set = Object.fromEntries(["DATABASE_URL", ...apiVariables].map((name) => [name, "set"]));
    expect(ownVariables("api", set).own).toEqual(set);
  });

  it("are all variables on the embedded catalogue, where one process does everything", () => {
    const { DATABASE_URL: _, ...embedded } = everything;
    expect(ownVariables("console", embedded)).toEqual({ own: embedded, ignored: [] });
  });
});
